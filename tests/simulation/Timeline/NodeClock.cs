using Sluice.Metering.Leases;

namespace Sluice.Simulation.Timeline;

/// <summary>
/// The two clocks of one machine. The wall clock is wrong by some skew and may be set back; the monotonic clock starts
/// anywhere and runs a little fast or slow. Both drift.
/// </summary>
internal sealed class NodeClock(long skewMs, long driftPpm, long monotonicStartMs)
{
    /// <summary>The start of a run's wall clocks; far from 0 so that skew never makes time negative.</summary>
    public const long EpochMs = 1_000_000;

    /// <summary>
    /// The most by which a clock runs faster or slower; waits for another node's time to live allow for it.
    /// </summary>
    public const long DriftPpmMax = 10_000;

    private long _skewMs = skewMs;

    public CoreInstant Read(long trueUs)
    {
        var elapsedMs = (trueUs + (trueUs * driftPpm / 1_000_000)) / 1_000;
        return new CoreInstant(EpochMs + elapsedMs + _skewMs, monotonicStartMs + elapsedMs);
    }

    /// <summary>Sets the wall clock forward or back.</summary>
    public void Jump(long byMs) => _skewMs = Math.Clamp(_skewMs + byMs, -5_000, 5_000);
}
