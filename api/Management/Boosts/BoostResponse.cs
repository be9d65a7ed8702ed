using Sluice.Api.Management.Limits;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Boosts;

/// <summary>A boost as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">The kind of scope whose limit it raises.</param>
/// <param name="ScopeId">The id of that scope.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Period">The limit's period.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="Limit">The limit's own value.</param>
/// <param name="Value">The boosted value.</param>
/// <param name="Until">The first instant without the boost.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record BoostResponse(
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
    public static BoostResponse Of(StoredLimit limit, MetricCatalogue catalogue)
    {
        var metric = catalogue[new(limit.Metric)];
        return new(
            Ids.Boost(limit.BoostId!.Value),
            limit.ScopeKind,
            new ScopeId(limit.ScopeKind, limit.ScopeId).ToString(),
            metric.Name,
            limit.Period,
            limit.Source,
            LimitResponse.Amount(limit.Value, metric),
            LimitResponse.Amount(limit.BoostedValue, metric),
            limit.BoostedUntil!.Value,
            limit.BoostedBy,
            limit.BoostedAt);
    }
}
