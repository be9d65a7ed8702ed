using Sluice.Metering.Periods;

namespace Sluice.Metering.Metrics;

/// <summary>A counter within its scope: which metric, in which period.</summary>
public readonly record struct CounterId(MetricId Metric, PeriodKey Period);
