using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/limits</c></summary>
internal sealed class ListLimits(LimitStore limits, MetricStore metrics, NameStore names, TimeProvider time)
    : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/limits");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("List the limits of a tenant, its projects, seats and keys that the caller may see");
        Returns<ListResponse<LimitItem>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if ((await limits.ListAsync(TenantId, Caller.Visibility, ct)).IsError(out var error, out var found))
            return ApiResult.Failure(error);
        if (query.CutPage(found, static limit => limit.Id.ToString()).IsError(out error, out var page))
            return ApiResult.Failure(error);
        // The ceiling of a limit may be on another page, so the table has them all.
        var table = new LimitTable(found, await metrics.ReadAsync(ct), time.GetUtcNow(), Caller.SeesAll);
        var book = await names.ReadAsync(TenantId, page.Items.Select(static limit => limit.Scope.ToString()), ct);
        return ApiResult.Ok(page.Map(limit => table.Show(limit, book)));
    }
}
