namespace Sluice.Metering.Periods;

/// <summary>The distance of a zone's clocks from UTC, from an instant on.</summary>
/// <param name="StartMs">The first instant, Unix milliseconds.</param>
/// <param name="OffsetMs">What the clocks are ahead of UTC, in milliseconds; negative if they are behind.</param>
public readonly record struct ZoneOffset(long StartMs, long OffsetMs);
