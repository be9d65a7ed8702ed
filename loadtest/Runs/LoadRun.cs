using Sluice.LoadTest.Events;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Latency;

namespace Sluice.LoadTest.Runs;

/// <summary>Sends the events of a source over many connections and adds up the results.</summary>
internal sealed class LoadRun(RunOptions options, IEventSource source, IOutcomeSink sink, TimeProvider time)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs until the source is empty or <paramref name="cancellation"/> requests a stop; a stop is not an error, but
    /// is noted in the result.
    /// </summary>
    public async Task<RunResult> RunAsync(Action<RunProgress> report, CancellationToken cancellation)
    {
        var lanes = CreateLanes();
        var started = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var running = lanes.Select(lane => Task.Run(() => RunLaneAsync(lane, stop), CancellationToken.None));
            await using (Watch(lanes, started, report))
                await Task.WhenAll([.. running]);
            var elapsed = time.GetElapsedTime(started);
            report(ProgressOf(lanes, elapsed));
            return Summarize(lanes, elapsed, cancellation.IsCancellationRequested);
        }
        finally
        {
            foreach (var lane in lanes)
                lane.Dispose();
        }
    }

    private static async Task RunLaneAsync(Lane lane, CancellationTokenSource stop)
    {
        try
        {
            await lane.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Events of this lane in flight stay unrecorded: whether they were counted is unknown.
        }
        catch
        {
            // A bug in one lane must not leave the others sending for the rest of the run.
            await stop.CancelAsync();
            throw;
        }
    }

    private static RunResult Summarize(Lane[] lanes, TimeSpan elapsed, bool interrupted)
    {
        var tally = new RunTally();
        var latencies = LatencyRecording.Create();
        foreach (var lane in lanes)
        {
            tally.Add(lane.Tally);
            tally.Retried += lane.RetryCount;
            latencies.Add(lane.Latencies);
        }

        return new RunResult(tally, LatencySummary.Of(latencies), elapsed, interrupted);
    }

    private Lane[] CreateLanes()
    {
        var plans = options.Targets.Select(target => new LanePlan(options, target, source, sink, time)).ToArray();
        return [.. Enumerable.Range(0, options.Connections).Select(i => Lane.Create(plans[i % plans.Length]))];
    }

    private ITimer Watch(Lane[] lanes, long started, Action<RunProgress> report) => time.CreateTimer(
        _ =>
        {
            foreach (var lane in lanes)
                lane.AbortIfSilentFor(options.AnswerTimeout);
            report(ProgressOf(lanes, time.GetElapsedTime(started)));
        },
        state: null,
        ReportEvery,
        ReportEvery);

    private RunProgress ProgressOf(Lane[] lanes, TimeSpan elapsed) => new(
        source.FractionDone,
        lanes.Sum(lane => lane.Tally.Events),
        lanes.Sum(lane => lane.Tally.Refused),
        lanes.Sum(lane => lane.RetryCount),
        elapsed);
}
