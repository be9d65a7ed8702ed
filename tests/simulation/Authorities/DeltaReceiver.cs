using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Authorities;

/// <summary>Planted bug, receiver's half: adds up the increments in reports.</summary>
internal sealed class DeltaReceiver
{
    private readonly Dictionary<(SessionId Session, CounterKey Counter), CounterReport> _sums = [];

    public SyncRequest Decode(SyncRequest sync)
    {
        var reports = new List<CounterReport>();
        foreach (var report in sync.Reports)
        {
            var key = (sync.Session, new CounterKey(sync.Scope, report.Counter));
            var sum = _sums.GetValueOrDefault(key);
            sum = report with
            {
                UsedUnits = sum.UsedUnits + report.UsedUnits,
                ExtraUnits = sum.ExtraUnits + report.ExtraUnits,
                ReturnedUnits = sum.ReturnedUnits + report.ReturnedUnits,
            };
            _sums[key] = sum;
            reports.Add(sum);
        }

        return sync with { Reports = reports };
    }
}
