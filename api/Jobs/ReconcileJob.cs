using System.Diagnostics.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Reports.Reconciliation;

namespace Sluice.Api.Jobs;

/// <summary>
/// Proves every day that counters and sums are what the ledger adds up to. The difference is the gauge
/// <c>sluice.reconcile.drift</c> of meter <c>Sluice.Jobs</c>: it must be 0, otherwise someone must investigate.
/// </summary>
internal sealed class ReconcileJob : IJobWork
{
    /// <summary>How late a run may be.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private readonly Reconciler _reconciler;
    private readonly TimeProvider _time;
    private readonly ILogger<ReconcileJob> _logger;

    // Null until this node has run the job.
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

    /// <summary>
    /// Reports the drift, but nothing once another node must have run since: then that node's result is the current
    /// one.
    /// </summary>
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
