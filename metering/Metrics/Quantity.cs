namespace Sluice.Metering.Metrics;

/// <summary>The amount of a metric that an event used.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Units">In the metric's smallest units, 0 to <see cref="ScaledNumber.MaxUnits"/>.</param>
public readonly record struct Quantity(MetricId Metric, long Units);
