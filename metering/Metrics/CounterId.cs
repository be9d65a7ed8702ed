using Sluice.Metering.Periods;

namespace Sluice.Metering.Metrics;

/// <summary>A counter within its scope: a metric in a period.</summary>
public readonly record struct CounterId(MetricId Metric, PeriodKey Period);
