namespace Sluice.Api.Jobs;

/// <summary>
/// What Quartz goes by: time that passes evenly from the start of the process on. If the clock of the machine is put
/// forward or back, no run is skipped and none is made up for; the work itself looks at the real time.
/// </summary>
internal sealed class MonotonicTimeProvider(TimeProvider real) : TimeProvider
{
    private readonly DateTimeOffset _start = real.GetUtcNow();
    private readonly long _started = real.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + real.GetElapsedTime(_started);
}
