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
        Tagged();
        Returns<QuotaResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await limits.ReadAsync(
                TenantId, new(ScopeKind.Tenant, TenantId), LimitSource.Quota, MetricId.Amount, Caller.Visibility, ct),
            static rows => ApiResult.Ok(QuotaResponse.Of(rows)));
}
