using System.ComponentModel.DataAnnotations;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage/top</c></summary>
internal sealed class GetTopUsage(
    TenantStore tenants, UsageStore usage, NameStore names, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetTopUsageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/usage/top");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Report();
        Describe("List the projects, keys, seats, members or models with the most settled usage");
        Returns<GetTopUsageResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetTopUsageQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        if (query.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var asked))
            return ApiResult.Failure(error);
        if (UsageShown.To(Caller, asked).IsError(out error, out var shown))
            return ApiResult.Failure(error);
        var rows = await usage.LargestAsync(shown, query.Most, ct);
        var book = await names.ReadAsync(TenantId, UsageTable.IdsOf(shown, rows), ct);
        return ApiResult.Ok(new GetTopUsageResponse(
            [.. shown.GroupBy.Select(group => ListOf(group, rows, catalogue, book))]));
    }

    private static GetTopUsageList ListOf(
        UsageGroup group, IReadOnlyList<UsageRow> rows, MetricCatalogue catalogue, NameBook names) => new(
        group,
        [
            .. rows.Where(row => row.TextOf(group) is not null).Select(row =>
            {
                var id = UsageTable.CellOf(row, group) as string;
                var decimals = catalogue[new(row.Metric)].Decimals;
                return new GetTopUsageItem(
                    id, UsageTable.NameOf(names, id, group), JsonDecimal.Of(row.Value, decimals));
            }),
        ]);
}

/// <param name="GroupBy">
/// The lists, separated by commas: <c>project</c>, <c>key</c>, <c>seat</c>, <c>member</c>, <c>model</c>.
/// </param>
/// <param name="Metric">The metric whose usage counts; <c>amount</c> if omitted.</param>
/// <param name="From">
/// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month if
/// omitted.
/// </param>
/// <param name="To">The end, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
/// <param name="Count">The most rows of a list, 1 to 100; 5 if omitted.</param>
internal sealed record GetTopUsageQuery(
    string? GroupBy = null,
    string? Metric = null,
    string? From = null,
    string? To = null,
    [Range(1, UsageTop.CountMax)] string? Count = null)
{
    private const int DefaultCount = 5;

    /// <summary>The most rows of a list.</summary>
    internal int Most { get; private set; } = DefaultCount;

    public Result<UsageQuery> Read(Tenant tenant, MetricCatalogue catalogue, DateTimeOffset now)
    {
        var usage = new UsageQueryReader(From, To, Metric ?? catalogue[MetricId.Amount].Name, GroupBy);
        if (usage.Read(tenant, catalogue, now).IsError(out var error, out var query))
            return error;
        var rules = new FieldErrors();
        if (query.GroupBy.Count == 0 || query.GroupBy.Any(UsageQueryReader.IsTime))
            rules.Add("groupBy", "top-groups", "Must be one or more of project, key, seat, member, model.");
        Most = rules.Count("count", Count, UsageTop.CountMax) ?? DefaultCount;
        return rules.Error is { } broken ? broken : query;
    }
}

/// <summary>What used most.</summary>
/// <param name="Lists">A list for each requested group, in the same order.</param>
internal sealed record GetTopUsageResponse(IReadOnlyList<GetTopUsageList> Lists);

/// <param name="Group">The group.</param>
/// <param name="Items">The values with the most usage, the largest first.</param>
internal sealed record GetTopUsageList(UsageGroup Group, IReadOnlyList<GetTopUsageItem> Items);

/// <param name="Id">
/// The id, or the label of a model or member; null for usage that has none, such as that of no project.
/// </param>
/// <param name="Name">Its name, as last known; null for a model, or if there is none.</param>
/// <param name="Value">The usage in the metric's units.</param>
internal sealed record GetTopUsageItem(string? Id, string? Name, JsonDecimal Value);
