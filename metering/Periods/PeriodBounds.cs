namespace Sluice.Metering.Periods;

/// <summary>A period with its instants, half open: it contains <see cref="StartMs"/> and not <see cref="EndMs"/>.</summary>
/// <param name="Key">The period's name in counters.</param>
/// <param name="StartMs">First instant, Unix milliseconds.</param>
/// <param name="EndMs">First instant of the next period; <see cref="long.MaxValue"/> where it never ends.</param>
public readonly record struct PeriodBounds(PeriodKey Key, long StartMs, long EndMs);
