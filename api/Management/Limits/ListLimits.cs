using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/limits</c></summary>
internal static class ListLimits
{
    /// <param name="Id">Stays while the limit's value does.</param>
    /// <param name="Source">Who set it, and so who can raise it.</param>
    /// <param name="Value">Null for a warning at a share of the blocked value.</param>
    /// <param name="Percent">Null for a value.</param>
    /// <param name="BoostedValue">What it is raised to for some time.</param>
    /// <param name="BoostedUntil">Until when.</param>
    internal sealed record Item(
        string Id,
        ScopeKind Scope,
        string ScopeId,
        string Metric,
        PeriodKind Period,
        LimitKind Kind,
        LimitSource Source,
        NumberText? Value,
        NumberText? Percent,
        NumberText? BoostedValue,
        DateTimeOffset? BoostedUntil,
        IReadOnlyList<string> Recipients);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/limits", HandleAsync)
        .Needs(Permission.ReadLimits)
        .Describe("ListLimits", "Lists every limit of a tenant, its projects, seats and keys")
        .Lists<Item>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ILimitStore limits, IMetricStore metrics, CancellationToken ct)
    {
        if ((await limits.ListAsync(t.Value, ct)).IsRefused(out var refusal, out var found))
            return Reply.Refused(refusal);
        var catalogue = await metrics.ReadAsync(ct);
        return Reply.Ok(new ListOf<Item>([.. found.Select(limit => Show(limit, catalogue))], null));
    }

    private static Item Show(StoredLimit limit, MetricCatalogue catalogue)
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
            LimitResource.Amount(limit.Value, metric),
            LimitResource.Percent(limit.Percent),
            LimitResource.Amount(limit.BoostedValue, metric),
            limit.BoostedUntil,
            limit.Recipients);
    }
}
