using Sluice.Metering.Limits;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Limits;

/// <summary>A tenant's limits as they are shown, each with the limit above it.</summary>
internal sealed class LimitTable(
    IReadOnlyList<StoredLimit> limits, MetricCatalogue catalogue, DateTimeOffset now, bool showsTenantsRecipients)
{
    public LimitItem Show(StoredLimit limit, NameBook names)
    {
        var metric = catalogue[new(limit.Metric)];
        var scopeId = limit.Scope.ToString();
        return new(
            limit.Id.ToString(),
            limit.ScopeKind,
            scopeId,
            names[scopeId],
            metric.Name,
            limit.Period,
            limit.Kind,
            limit.Source,
            RaisedBy.Of(limit.Source),
            limit.Percent is null ? LimitResponse.Amount(limit.Value, metric) : null,
            LimitResponse.Percent(limit.Percent),
            LimitResponse.Amount(limit.BoostedValue, metric),
            limit.BoostedUntil,
            LimitResponse.Amount(CeilingOf(limit), metric),
            limit.ScopeKind == ScopeKind.Tenant && !showsTenantsRecipients ? [] : limit.Recipients);
    }

    /// <summary>
    /// Returns the ceiling of a limit: a scope can't spend more than its tenant may, whatever its own limit says.
    /// </summary>
    private long? CeilingOf(StoredLimit limit)
    {
        if (limit.Metric != MetricId.Amount.Value || limit.Source == LimitSource.Quota)
            return null;
        return limits
            .Where(above => above.ScopeKind == ScopeKind.Tenant && above.Kind == LimitKind.Blocked
                && above.Metric == limit.Metric && above.Period == limit.Period
                && (limit.ScopeKind != ScopeKind.Tenant || above.Source == LimitSource.Quota))
            .Min(above => (long?)above.ValueAt(now));
    }
}
