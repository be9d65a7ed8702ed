namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// A clock that tests can set. It starts on a day in the middle of a month, so that no test runs into the end of a
/// period, and advances with the machine's clock; intervals and timers are the machine's, which can't be set.
/// </summary>
public sealed class TurnedTime : TimeProvider
{
    /// <summary>Noon in Tokyo, the default zone of the tests' tenants.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    private readonly long _started = System.GetTimestamp();
    private long _turnedTicks;

    public void Turn(TimeSpan by) => Interlocked.Add(ref _turnedTicks, by.Ticks);

    /// <summary>
    /// Sets the clock to an instant at or after the current time. Statements never wait for the past, so each test on a
    /// shared host uses a later month.
    /// </summary>
    public void TurnTo(DateTimeOffset instant) => Turn(instant - GetUtcNow());

    public override DateTimeOffset GetUtcNow() =>
        Start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Volatile.Read(ref _turnedTicks));
}
