namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// A clock whose hands the tests turn. It starts on a day in the middle of a month, so that no test runs into the end
/// of a period, and runs on with the machine's; intervals and timers are the machine's, which nobody can turn.
/// </summary>
public sealed class TurnedTime : TimeProvider
{
    /// <summary>Noon in Tokyo, where the tests' tenants live unless they say otherwise.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    private readonly long _started = System.GetTimestamp();
    private long _turnedTicks;

    public void Turn(TimeSpan by) => Interlocked.Add(ref _turnedTicks, by.Ticks);

    /// <summary>
    /// Puts the clock to an instant at or after now. Statements never wait for the past, so tests that share a host
    /// take a later month each.
    /// </summary>
    public void TurnTo(DateTimeOffset instant) => Turn(instant - GetUtcNow());

    public override DateTimeOffset GetUtcNow() =>
        Start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Volatile.Read(ref _turnedTicks));
}
