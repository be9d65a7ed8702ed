using Sluice.LoadTest.Latency;

namespace Sluice.LoadTest.Runs;

/// <summary>What a run did.</summary>
internal sealed record RunResult(RunTally Tally, LatencySummary Latency, TimeSpan Elapsed, bool Interrupted)
{
    public double EventsPerSecond => Elapsed > TimeSpan.Zero ? Tally.Events / Elapsed.TotalSeconds : 0;

    /// <summary>Every event was counted, a duplicate, or refused, and nothing was cut short.</summary>
    public bool IsComplete => Tally.Unanswered == 0 && Tally.Failed == 0 && !Interrupted;
}
