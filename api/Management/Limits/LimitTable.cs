using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>The limits of a tenant as they are shown, each with what stands above it.</summary>
internal sealed class LimitTable(
    IReadOnlyList<StoredLimit> limits, MetricCatalogue catalogue, DateTimeOffset now, bool showsTenantsRecipients)
{
    public LimitItem Show(StoredLimit limit)
    {
        var metric = catalogue[new(limit.Metric)];
        return new(
            limit.Id.ToString(),
            limit.ScopeKind,
            new ScopeId(limit.ScopeKind, limit.ScopeId).ToString(),
            metric.Name,
            limit.Period,
            limit.Kind,
            limit.Source,
            SetBy(limit.Source),
            LimitResource.Amount(limit.Value, metric),
            LimitResource.Percent(limit.Percent),
            LimitResource.Amount(limit.BoostedValue, metric),
            limit.BoostedUntil,
            LimitResource.Amount(CeilingOf(limit), metric),
            limit.ScopeKind == ScopeKind.Tenant && !showsTenantsRecipients ? [] : limit.Recipients);
    }

    private static string SetBy(LimitSource source) => source switch
    {
        LimitSource.Quota or LimitSource.Threshold => "operator",
        LimitSource.Plan => "plan",
        LimitSource.Key => "key manager",
        _ => "tenant administrator",
    };

    /// <summary>A scope can't spend more than its tenant may, whatever its own limit says.</summary>
    private long? CeilingOf(StoredLimit limit)
    {
        if (limit.Metric != MetricId.Amount.Value || limit.Source == LimitSource.Quota)
            return null;
        return limits
            .Where(above => above.ScopeKind == ScopeKind.Tenant && above.Kind == LimitKind.Blocked
                && above.Metric == limit.Metric && above.Period == limit.Period
                && (limit.ScopeKind != ScopeKind.Tenant || above.Source == LimitSource.Quota))
            .Min(above => above.ValueAt(now));
    }
}
