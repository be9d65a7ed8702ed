namespace Sluice.Engine.Clocks;

/// <summary>
/// Time under a test's control. The wall clock stands where it was set; the monotonic clock runs with real time, can be
/// set forward, and can be stopped. Timers are real, so loops continue whatever the clocks show; those with long
/// intervals tick more often here, so that a test that sets the clock forward need not wait for real time.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    /// <summary>2026-07-15T00:00Z.</summary>
    public const long StartMs = 1_784_073_600_000;

    private static readonly TimeSpan SlowestTick = TimeSpan.FromMilliseconds(100);

    private long _wallMs = StartMs;
    private long _aheadTicks;
    private long _stoppedAt = -1;

    public long WallMs
    {
        get => Volatile.Read(ref _wallMs);
        set => Volatile.Write(ref _wallMs, value);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(WallMs);

    public override long GetTimestamp() => Volatile.Read(ref _stoppedAt) is >= 0 and var stopped
        ? stopped
        : base.GetTimestamp() + Volatile.Read(ref _aheadTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period > SlowestTick
            ? base.CreateTimer(callback, state, SlowestTick, SlowestTick)
            : base.CreateTimer(callback, state, dueTime, period);

    /// <summary>Advances both clocks.</summary>
    public void Advance(long ms)
    {
        Interlocked.Add(ref _wallMs, ms);
        Interlocked.Add(ref _aheadTicks, ms * TimestampFrequency / 1_000);
    }

    /// <summary>Stops the monotonic clock, so that nothing becomes late however slow the machine is.</summary>
    public void Stop() => Volatile.Write(ref _stoppedAt, GetTimestamp());

    public void Resume() => Volatile.Write(ref _stoppedAt, -1);
}
