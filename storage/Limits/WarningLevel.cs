namespace Sluice.Storage.Limits;

/// <summary>Where a warning is given: at a value, or at a share of the blocked value of the same slot.</summary>
/// <param name="Units">In the metric's smallest units; null where it is a share.</param>
/// <param name="Percent">Above 0, at most 100; null where it is a value.</param>
public readonly record struct WarningLevel(long? Units, decimal? Percent);
