using Sluice.Engine.Signals;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Leases;

namespace Sluice.Api.Jobs;

/// <summary>
/// Wakes authorities whose usage reached a threshold while they were not loaded: a node died, and no traffic followed.
/// Once awake they find it themselves.
/// </summary>
internal sealed class MissedThresholdScan(MissedThresholds missed, ControlSignals signals, TimeProvider time) : IJobWork
{
    public string Name => "find-missed-thresholds";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();

        // The previous month too: it may have ended since.
        var before = now.AddMonths(-1);
        var scopes = await missed.FindAsync(PeriodKey.Month(before.Year, before.Month), now, ct);
        foreach (var scope in scopes)
            await signals.LimitsChangedAsync(scope, ct);
        return scopes.Count;
    }
}
