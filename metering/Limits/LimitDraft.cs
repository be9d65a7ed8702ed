using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>
/// The limits that one source wants to set on one metric, before <see cref="LimitRules"/> has checked them. They
/// replace everything that source had set on the metric in that period.
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="BlockedUnits">The value at which requests are refused, in smallest units; null for none.</param>
/// <param name="Warnings">The values at which recipients are notified.</param>
public sealed record LimitDraft(
    MetricId Metric, PeriodKind Period, long? BlockedUnits, ImmutableArray<WarningDraft> Warnings)
{
    /// <summary>Maximum warnings per metric and source.</summary>
    public const int MaxWarnings = 16;
}
