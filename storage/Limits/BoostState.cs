using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Limits;

/// <summary>A limit and its boost as the audit log has them: the words and amounts of the API.</summary>
/// <param name="Limit">What the limit is without the boost.</param>
/// <param name="Value">What it is with it; null without one.</param>
/// <param name="Until">The first instant without it; null without one.</param>
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
