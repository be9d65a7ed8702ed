using Sluice.Api.Management.Limits;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>GET /api/v1/tenants/{t}/boosts</c></summary>
internal sealed class ListBoosts(BoostStore boosts, MetricStore metrics) : ManagementEndpoint<PageQuery>
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
        var catalogue = await metrics.ReadAsync(ct);
        return query.Cut(found.Select(limit => BoostResponse.Of(limit, catalogue)), static boost => boost.Id);
    }
}
