using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Storage.Metrics;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/unpriced-usage?from&amp;to</c></summary>
internal static class GetUnpricedUsage
{
    /// <summary>How far back is looked where nothing is said: as far as events may be late.</summary>
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(35);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    /// <param name="Model">Null where events named none.</param>
    /// <param name="Value">How much was counted and rated 0.</param>
    /// <param name="FirstAt">The first quarter hour of it.</param>
    /// <param name="LastAt">The last quarter hour of it.</param>
    internal sealed record Item(
        string TenantId, string? Model, string Metric, NumberText Value, DateTimeOffset FirstAt, DateTimeOffset LastAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/unpriced-usage", HandleAsync)
        .Needs(Permission.ReadPlatform)
        .Describe("GetUnpricedUsage", "Lists usage that no price was found for, by tenant, model and metric")
        .Lists<Item>();

    private static async Task<Reply> HandleAsync(
        string? from,
        string? to,
        [AsParameters] PageQuery query,
        IUsageStore usage,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var now = time.GetUtcNow();
        var start = ReadTime("from", from, now - DefaultSpan, rules);
        var end = ReadTime("to", to, now + Ahead, rules);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        var catalogue = await metrics.ReadAsync(ct);
        var rows = await usage.UnpricedAsync(start, end, ct);
        return query.Cut(
            rows.Select(row => Show(row, catalogue[new(row.Metric)])),
            static item => $"{item.TenantId}/{item.Metric}/{item.Model}");
    }

    private static Item Show(UnpricedRow row, Metric metric) => new(
        Ids.Tenant(row.TenantId),
        row.Model.Length == 0 ? null : row.Model,
        metric.Name,
        NumberText.Of(row.Value, metric.Decimals),
        row.FirstAt,
        row.LastAt);

    private static DateTimeOffset ReadTime(string field, string? text, DateTimeOffset otherwise, RuleCheck rules)
    {
        if (text is null)
            return otherwise;
        if (!InstantText.TryParse(text, out var instant))
            rules.Break(field, "time-form", "Must be a time such as 2026-11-21T09:30:00Z.");
        return instant;
    }
}
