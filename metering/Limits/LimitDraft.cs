using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>
/// The limits of one metric as one source wants them, before <see cref="LimitRules"/> checked them. It replaces
/// everything that source had set on the metric in that period.
/// </summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Period">Over which period usage adds up.</param>
/// <param name="BlockedUnits">Where requests are refused, in smallest units; null for nowhere.</param>
/// <param name="Warnings">Where people are told.</param>
public sealed record LimitDraft(
    MetricId Metric, PeriodKind Period, long? BlockedUnits, ImmutableArray<WarningDraft> Warnings)
{
    /// <summary>Most warnings of one metric from one source.</summary>
    public const int MaxWarnings = 16;
}
