namespace Sluice.Metering.Limits;

/// <summary>A value at which a limit acts.</summary>
/// <param name="Kind">The effect of reaching it.</param>
/// <param name="Units">The value in the metric's smallest units; a percentage is already resolved.</param>
/// <param name="Percent">The percentage of the blocked value that it was set as; null if it was set as a value.</param>
public readonly record struct Threshold(LimitKind Kind, long Units, decimal? Percent = null);
