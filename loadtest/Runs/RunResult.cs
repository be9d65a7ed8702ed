using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Latency;

namespace Sluice.LoadTest.Runs;

/// <summary>The result of a run.</summary>
internal sealed record RunResult(RunTally Tally, LatencySummary Latency, TimeSpan Elapsed, bool Interrupted)
{
    public double EventsPerSecond => Elapsed > TimeSpan.Zero ? Tally.Events / Elapsed.TotalSeconds : 0;

    /// <summary>Whether every event was counted, a duplicate, or refused, and the run was not interrupted.</summary>
    public bool IsComplete => Tally.Unanswered == 0 && Tally.Failed == 0 && !Interrupted;
}
