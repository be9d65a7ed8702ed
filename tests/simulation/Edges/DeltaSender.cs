using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>Planted bug, sender's half: turns cumulative reports into increments since the last one.</summary>
internal sealed class DeltaSender
{
    private readonly Dictionary<CounterKey, CounterReport> _last = [];

    public SyncRequest Encode(SyncRequest sync)
    {
        var reports = new List<CounterReport>();
        foreach (var report in sync.Reports)
        {
            var key = new CounterKey(sync.Scope, report.Counter);
            var last = _last.GetValueOrDefault(key);
            _last[key] = report;
            reports.Add(report with
            {
                UsedUnits = Math.Max(0, report.UsedUnits - last.UsedUnits),
                ExtraUnits = Math.Max(0, report.ExtraUnits - last.ExtraUnits),
                ReturnedUnits = Math.Max(0, report.ReturnedUnits - last.ReturnedUnits),
            });
        }

        return sync with { Reports = reports };
    }
}
