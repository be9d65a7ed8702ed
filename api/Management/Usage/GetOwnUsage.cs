using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/me/usage</c></summary>
internal sealed class GetOwnUsage(ITenantStore tenants, IUsageStore usage, IMetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetOwnUsageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/me/usage");
        Group<UsageEndpoints>();
        Requires(Permission.OwnUsage);
        Describe("Add up what the caller used: with the own personal and seat keys, or by name");
        Returns<GetUsageResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetOwnUsageQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var reader = new UsageQueryReader(
            query.From, query.To, query.Metric, query.GroupBy, null, null, null, null, query.Model);
        if (reader.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var asked))
            return ApiResult.Failure(error);

        // What it used itself a member may see with whatever model, and in projects that it has left since.
        var rows = await usage.SumAsync(asked with { OwnedBy = Caller.MemberId }, ct);
        if (rows.Count > UsageQuery.MaxRows)
        {
            return ApiResult.Failure(new Error.RulesBroken(
                "groupBy", "too-many-rows", $"More than {UsageQuery.MaxRows} rows; ask for less at once."));
        }

        var table = new UsageTable(asked.GroupBy, catalogue);
        return ApiResult.Ok(new GetUsageResponse([.. rows.Select(table.RowOf)]));
    }
}

/// <param name="From">A time, or a day of the tenant; the start of its current month where left out.</param>
/// <param name="To">A time, or a day of the tenant, exclusive; now where left out.</param>
/// <param name="Metric">A metric's name; all metrics where left out.</param>
/// <param name="GroupBy">As for all usage: day, model, key, …</param>
/// <param name="Model">As events name it.</param>
internal sealed record GetOwnUsageQuery(
    string? From,
    string? To,
    string? Metric,
    string? GroupBy,
    string? Model);
