using Sluice.Api.Management.Limits;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Boosts;

/// <summary>A boost as the API shows it.</summary>
/// <param name="Id">The boost's id, such as <c>b0000000001a</c>.</param>
/// <param name="Scope">The kind of scope whose limit is raised.</param>
/// <param name="ScopeId">The id of that scope, such as <c>k0000000001a</c>.</param>
/// <param name="ScopeName">The name of that scope; for a seat, its holder's user name or null.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Period">The period of the limit.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="Limit">The limit's own value, in the metric's units.</param>
/// <param name="Value">The raised value, in the metric's units.</param>
/// <param name="Until">The first instant without the boost, in UTC.</param>
/// <param name="CreatedBy">Who created it: <c>operator</c> or a member's id.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record BoostResponse(
    string Id,
    ScopeKind Scope,
    string ScopeId,
    string? ScopeName,
    string Metric,
    PeriodKind Period,
    LimitSource Source,
    JsonDecimal? Limit,
    JsonDecimal? Value,
    DateTimeOffset Until,
    string? CreatedBy,
    DateTimeOffset? CreatedAt)
{
    public static BoostResponse Of(StoredLimit limit, MetricCatalogue catalogue, NameBook names)
    {
        var metric = catalogue[new(limit.Metric)];
        var scopeId = limit.Scope.ToString();
        return new(
            Ids.Boost(limit.BoostId!.Value),
            limit.ScopeKind,
            scopeId,
            names[scopeId],
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
