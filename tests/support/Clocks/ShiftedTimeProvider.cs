namespace Sluice.TestSupport.Clocks;

/// <summary>The machine's time, shifted as a <see cref="NodeClock"/> of another process says.</summary>
internal sealed class ShiftedTimeProvider(ClockFile file) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + file.Ahead;
}
