using Sluice.Api.Management.Limits;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>GET /api/v1/tenants/{t}/boosts</c></summary>
internal sealed class ListBoosts(BoostStore boosts, MetricStore metrics, NameStore names)
    : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/boosts");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("List the boosts that have not ended and that the caller may see");
        Returns<ListResponse<BoostResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if ((await boosts.ListAsync(TenantId, Caller.Visibility, ct)).IsError(out var error, out var found))
            return ApiResult.Failure(error);
        if (query.CutPage(found, static limit => Ids.Boost(limit.BoostId!.Value)).IsError(out error, out var page))
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        var book = await names.ReadAsync(TenantId, page.Items.Select(static limit => limit.Scope.ToString()), ct);
        return ApiResult.Ok(page.Map(limit => BoostResponse.Of(limit, catalogue, book)));
    }
}
