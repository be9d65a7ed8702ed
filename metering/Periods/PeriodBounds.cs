namespace Sluice.Metering.Periods;

/// <summary>One period of one calendar, half open.</summary>
/// <param name="Key">The period's part of a counter's key.</param>
/// <param name="StartMs">First instant, Unix milliseconds; <see cref="long.MinValue"/> for the total.</param>
/// <param name="EndMs">First instant after the period, Unix milliseconds; <see cref="long.MaxValue"/> for the
/// total.</param>
public readonly record struct PeriodBounds(PeriodKey Key, long StartMs, long EndMs)
{
    /// <summary>
    /// Checks whether an instant lies in the period. Check this first: only a miss needs the calendar.
    /// </summary>
    public bool Contains(long nowMs) => nowMs >= StartMs && nowMs < EndMs;
}
