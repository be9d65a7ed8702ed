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
/// <param name="BaseUnits">
/// Units added to the value, because that much usage from before a renewal does not count against the limit.
/// </param>
/// <param name="BaseUntilMs">When the base ends (Unix milliseconds, exclusive); 0 without a base.</param>
public sealed record Limit(
    long Id,
    ScopeId Scope,
    MetricId Metric,
    PeriodKind Period,
    LimitKind Kind,
    LimitSource Source,
    long ValueUnits,
    long BoostedUnits = 0,
    long BoostedUntilMs = 0,
    long BaseUnits = 0,
    long BaseUntilMs = 0)
{
    /// <summary>Gets the value in force at an instant.</summary>
    public long ValueAt(long nowMs) =>
        (nowMs < BoostedUntilMs && BoostedUnits > ValueUnits ? BoostedUnits : ValueUnits)
        + (nowMs < BaseUntilMs ? BaseUnits : 0);

    /// <summary>
    /// Gets when the value next changes by itself: Unix milliseconds after <paramref name="nowMs"/>, or
    /// <see cref="long.MaxValue"/>.
    /// </summary>
    public long NextChangeMs(long nowMs) => Math.Min(
        BoostedUntilMs > nowMs && BoostedUnits > ValueUnits ? BoostedUntilMs : long.MaxValue,
        BaseUntilMs > nowMs && BaseUnits > 0 ? BaseUntilMs : long.MaxValue);
}
