namespace Sluice.Metering.Metrics;

/// <summary>How much of a metric an event used.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Units">In the metric's smallest units, 0 to <see cref="ScaledNumber.MaxUnits"/>.</param>
public readonly record struct Quantity(MetricId Metric, long Units);
