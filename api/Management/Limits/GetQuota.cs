using Sluice.Metering.Limits;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/quota</c></summary>
internal sealed class GetQuota(LimitStore limits) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/quota");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("Get the quota, the ceiling of a tenant's monthly amount");
        Returns<QuotaResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        var metric = MetricCatalogue.BuiltIn[MetricId.Amount];
        return ApiResult.Of(
            await limits.ReadAsync(
                TenantId, new(ScopeKind.Tenant, TenantId), LimitSource.Quota, metric.Id, Caller.Visibility, ct),
            rows => ApiResult.Ok(new QuotaResponse(LimitResponse.Amount(rows.SingleOrDefault()?.Value, metric))));
    }
}
