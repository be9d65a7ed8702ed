using System.Diagnostics.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Reconciliation;

namespace Sluice.Api.Jobs;

/// <summary>
/// Proves every day that counters and sums are what the ledger adds up to. What they differ by is the gauge
/// <c>sluice.reconcile.drift</c> of meter <c>Sluice.Jobs</c>: 0, or somebody has to look.
/// </summary>
internal sealed class ReconcileJob : IJobWork
{
    /// <summary>How much later than planned it may be done.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private readonly Reconciler _reconciler;
    private readonly TimeProvider _time;
    private readonly ILogger<ReconcileJob> _logger;

    // Null until this node has been the one that did it.
    private volatile Found? _found;

    public ReconcileJob(
        Reconciler reconciler, IMeterFactory meters, TimeProvider time, ILogger<ReconcileJob> logger)
    {
        (_reconciler, _time, _logger) = (reconciler, time, logger);
        meters.Create(JobMetrics.MeterName).CreateObservableGauge(
            "sluice.reconcile.drift",
            Measure,
            description: "Smallest units by which counters and sums differ from the ledger, in all");
    }

    public string Name => "reconcile";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var (counters, sums, looked) = (0L, 0L, 0L);
        foreach (var day in (DateTimeOffset[])[now.AddMonths(-1), now])
        {
            var month = PeriodKey.Month(day.Year, day.Month);
            foreach (var drift in await _reconciler.CompareAsync(month, null, ct))
            {
                looked++;
                if (drift.IsNone)
                    continue;
                counters += Math.Abs(drift.CounterUnits);
                sums += Math.Abs(drift.SumUnits);
                JobLog.Drifted(
                    _logger, drift.TenantId, drift.Metric, month.Value, drift.CounterUnits, drift.SumUnits);
            }
        }

        _found = new Found(_time.GetTimestamp(), counters, sums);
        return looked;
    }

    /// <summary>Nothing once another node must have looked since: that one's finding is the present one.</summary>
    private IEnumerable<Measurement<long>> Measure() =>
        _found is { } found && _time.GetElapsedTime(found.At) < Every + Late
            ?
            [
                new(found.Counters, KeyValuePair.Create<string, object?>("of", "counters")),
                new(found.Sums, KeyValuePair.Create<string, object?>("of", "sums")),
            ]
            : [];

    private sealed record Found(long At, long Counters, long Sums);
}
