using HdrHistogram;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Latency;

namespace Sluice.LoadTest.Lanes;

/// <summary>
/// One connection and its loop: take the next event, wait until it is due, send, record. A paced event's latency counts
/// from when it was due, so a stalled server can't hide the requests that queued up behind.
/// </summary>
internal abstract class Lane(LanePlan plan) : IDisposable
{
    public RunTally Tally { get; } = new();

    public LongHistogram Latencies { get; } = LatencyRecording.Create();

    public long RetryCount => Connection.RetryCount;

    protected LanePlan Plan { get; } = plan;

    protected RetryingConnection Connection { get; } = new(plan.Target, plan.Options.Retry, plan.Time);

    public static Lane Create(LanePlan plan) => plan.Options.Mode switch
    {
        SendMode.Consume => new ConsumeLane(plan),
        SendMode.Batch => new BatchLane(plan),
        SendMode.Reserve => new ReserveLane(plan),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.Options.Mode, "not a mode"),
    };

    /// <summary>Sends until the source is empty.</summary>
    public abstract Task RunAsync(CancellationToken cancellation);

    public void AbortIfSilentFor(TimeSpan limit) => Connection.AbortIfSilentFor(limit);

    public void Dispose() => Connection.Dispose();

    protected ValueTask WaitUntilDueAsync(in LoadEvent item, CancellationToken cancellation)
    {
        if (item.DueTimestamp == 0)
            return ValueTask.CompletedTask;
        var wait = Plan.Time.GetElapsedTime(Plan.Time.GetTimestamp(), item.DueTimestamp);
        return wait <= TimeSpan.Zero
            ? ValueTask.CompletedTask
            : new ValueTask(Task.Delay(wait, Plan.Time, cancellation));
    }

    protected void RecordLatency(in LoadEvent item, long sentTimestamp) =>
        Latencies.Record(Plan.Time.GetElapsedTime(item.DueTimestamp == 0 ? sentTimestamp : item.DueTimestamp));

    protected void RecordOutcome(in LoadEvent item, in EventAnswer answer)
    {
        Tally.Record(item, answer);
        Plan.Sink.Record(item, answer);
    }
}
