using System.ComponentModel.DataAnnotations;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/unpriced-usage?from&amp;to</c></summary>
internal sealed class GetUnpricedUsage(UsageStore usage, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetUnpricedUsageQuery>
{
    /// <summary>The time span if none is given: as far back as events may be late.</summary>
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(35);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    public override void Configure()
    {
        Get("/unpriced-usage");
        Group<UsageEndpoints>();
        Requires(Permission.ReadPlatform);
        Report();
        Describe("List usage without a price, by tenant, model and metric");
        Returns<ListResponse<GetUnpricedUsageItem>>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetUnpricedUsageQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var now = time.GetUtcNow();
        var start = ReadTime("from", query.From, now - DefaultSpan, rules);
        var end = ReadTime("to", query.To, now + Ahead, rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        var rows = await usage.UnpricedAsync(start, end, ct);
        return query.Cut(
            rows.Select(row => Show(row, catalogue[new(row.Metric)])),
            static item => $"{item.TenantId}/{item.Metric}/{item.Model}");
    }

    private static GetUnpricedUsageItem Show(UnpricedRow row, Metric metric) => new(
        Ids.Tenant(row.TenantId),
        row.Model.Length == 0 ? null : row.Model,
        metric.Name,
        JsonDecimal.Of(row.Value, metric.Decimals),
        row.FirstAt,
        row.LastAt);

    private static DateTimeOffset ReadTime(string field, string? text, DateTimeOffset otherwise, FieldErrors rules)
    {
        if (text is null)
            return otherwise;
        if (!Rfc3339.TryParse(text, out var instant))
            rules.Add(field, "time-form", "Must be a time such as 2026-11-21T09:30:00Z.");
        return instant;
    }
}

/// <param name="From">The start, a time; 35 days ago if omitted.</param>
/// <param name="To">The end, exclusive, a time; now if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record GetUnpricedUsageQuery(
    string? From = null, string? To = null, string? After = null, [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : PageQuery(After, Limit);

/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Model">The model's name; null if the events named none.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Value">The usage that was counted and rated 0, in the metric's units.</param>
/// <param name="FirstAt">The first quarter hour with such usage, in UTC.</param>
/// <param name="LastAt">The last quarter hour with such usage, in UTC.</param>
internal sealed record GetUnpricedUsageItem(
    string TenantId, string? Model, string Metric, JsonDecimal Value, DateTimeOffset FirstAt, DateTimeOffset LastAt);
