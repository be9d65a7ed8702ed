using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/limits</c></summary>
internal sealed class ListLimits(LimitStore limits, MetricStore metrics, TimeProvider time)
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
        var table = new LimitTable(found, await metrics.ReadAsync(ct), time.GetUtcNow(), Caller.SeesAll);
        return query.Cut(found.Select(table.Show), static limit => limit.Id);
    }
}
