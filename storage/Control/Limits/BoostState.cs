using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Control.Limits;

/// <summary>A limit and its boost as the audit log shows them: in the names and amounts of the API.</summary>
/// <param name="Limit">The value of the limit without the boost.</param>
/// <param name="Value">The value with the boost; null without one.</param>
/// <param name="Until">First instant without the boost; null without one.</param>
internal sealed record BoostState(
    ScopeKind Scope,
    string ScopeId,
    string Metric,
    PeriodKind Period,
    LimitSource Source,
    decimal? Limit,
    decimal? Value,
    DateTimeOffset? Until)
{
    public static BoostState Of(StoredLimit limit, Metric metric) => new(
        limit.ScopeKind,
        new ScopeId(limit.ScopeKind, limit.ScopeId).ToString(),
        metric.Name,
        limit.Period,
        limit.Source,
        LimitState.AmountOf(limit.Value, metric),
        LimitState.AmountOf(limit.BoostedValue, metric),
        limit.BoostedUntil);
}
