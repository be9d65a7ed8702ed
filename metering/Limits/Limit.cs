using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>One threshold of one counter: (scope, metric, period, kind, value).</summary>
/// <param name="Id">The limit's row; stable while the threshold is unchanged, so that it fires once.</param>
/// <param name="Scope">The scope whose usage it watches.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="Kind">The effect of reaching it.</param>
/// <param name="Source">Who set it.</param>
/// <param name="ValueUnits">The value in the metric's smallest units, 0 or more; a warning set as a percentage is
/// already resolved against the blocked value of its source.</param>
/// <param name="BoostedUnits">A temporary value that replaces <paramref name="ValueUnits"/> when it is higher.</param>
/// <param name="BoostedUntilMs">When the boost ends (Unix milliseconds, exclusive); 0 without a boost.</param>
public sealed record Limit(
    long Id,
    ScopeId Scope,
    MetricId Metric,
    PeriodKind Period,
    LimitKind Kind,
    LimitSource Source,
    long ValueUnits,
    long BoostedUnits = 0,
    long BoostedUntilMs = 0)
{
    /// <summary>Gets the value in force at an instant.</summary>
    public long ValueAt(long nowMs) =>
        nowMs < BoostedUntilMs && BoostedUnits > ValueUnits ? BoostedUnits : ValueUnits;
}
