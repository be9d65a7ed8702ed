using Sluice.Engine.Control;
using Sluice.Metering.Periods;
using Sluice.Storage.Leases;

namespace Sluice.Api.Jobs;

/// <summary>
/// Wakes authorities whose usage reached a threshold while they were not there to see it: a node died, and no traffic
/// came afterwards. Once awake they find it themselves.
/// </summary>
internal sealed class MissedThresholdScan(MissedThresholds missed, IControlSignals signals, TimeProvider time) : IJobWork
{
    public string Name => "find-missed-thresholds";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();

        // The month before, too: it may have ended since.
        var before = now.AddMonths(-1);
        var scopes = await missed.FindAsync(PeriodKey.Month(before.Year, before.Month), now, ct);
        foreach (var scope in scopes)
            await signals.LimitsChangedAsync(scope, ct);
        return scopes.Count;
    }
}
