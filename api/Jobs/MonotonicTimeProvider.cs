namespace Sluice.Api.Jobs;

/// <summary>
/// The clock of Quartz: time that passes evenly from the start of the process. If the machine's clock is set forward or
/// back, no run is skipped and none is made up for; the work itself uses the real time.
/// </summary>
internal sealed class MonotonicTimeProvider(TimeProvider real) : TimeProvider
{
    private readonly DateTimeOffset _start = real.GetUtcNow();
    private readonly long _started = real.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + real.GetElapsedTime(_started);
}
