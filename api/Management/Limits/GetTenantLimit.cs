namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/limits/amount</c></summary>
internal sealed class GetTenantLimit(LimitSetter setter) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/limits/amount");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("Get a tenant's own monthly limit on the amount");
        Tagged();
        Returns<LimitResponse>();
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        setter.ShowMonthlyAmountAsync(TenantId, new(ScopeKind.Tenant, TenantId), Caller, ct);
}
