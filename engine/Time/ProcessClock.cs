using Sluice.Metering.Leases;

namespace Sluice.Engine.Time;

/// <summary>Both clocks of this process, from one <see cref="TimeProvider"/>.</summary>
public sealed class ProcessClock(TimeProvider time)
{
    private readonly double _msPerTick = 1_000.0 / time.TimestampFrequency;

    public TimeProvider Time => time;

    public CoreInstant Now => new(WallMs, MonotonicMs);

    /// <summary>The wall clock in Unix milliseconds.</summary>
    public long WallMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public long MonotonicMs => (long)(time.GetTimestamp() * _msPerTick);
}
