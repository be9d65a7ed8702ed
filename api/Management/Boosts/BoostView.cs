using Sluice.Api.Management.Limits;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Boosts;

/// <summary>A boost as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">Whose limit it raises.</param>
/// <param name="ScopeId">Which of them.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Period">Of the limit.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="Limit">What the limit is without it.</param>
/// <param name="Value">What the limit is with it.</param>
/// <param name="Until">The first instant without it.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record BoostView(
    string Id,
    ScopeKind Scope,
    string ScopeId,
    string Metric,
    PeriodKind Period,
    LimitSource Source,
    JsonDecimal? Limit,
    JsonDecimal? Value,
    DateTimeOffset Until,
    string? CreatedBy,
    DateTimeOffset? CreatedAt)
{
    public static BoostView Of(StoredLimit limit, MetricCatalogue catalogue)
    {
        var metric = catalogue[new(limit.Metric)];
        return new(
            Ids.Boost(limit.BoostId!.Value),
            limit.ScopeKind,
            new ScopeId(limit.ScopeKind, limit.ScopeId).ToString(),
            metric.Name,
            limit.Period,
            limit.Source,
            LimitResource.Amount(limit.Value, metric),
            LimitResource.Amount(limit.BoostedValue, metric),
            limit.BoostedUntil!.Value,
            limit.BoostedBy,
            limit.BoostedAt);
    }
}
