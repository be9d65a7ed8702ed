namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/limits/amount</c></summary>
internal sealed class SetTenantLimit(LimitSetter setter) : ManagementEndpoint<LimitRequest>
{
    public override void Configure()
    {
        Put("/limits/amount");
        Group<LimitsEndpoints>();
        Requires(Permission.SetLimits);
        Transactional();
        Guarded();
        Describe("Set a tenant's own monthly limit on the amount, at most its quota");
        Returns<LimitResponse>();
    }

    public override Task<ApiResult> ExecuteAsync(LimitRequest request, CancellationToken ct) =>
        setter.SetMonthlyAmountAsync(TenantId, new(ScopeKind.Tenant, TenantId), request, ct);

    protected override Task<ApiResult> LockAsync(LimitRequest request, CancellationToken ct) =>
        setter.LockMonthlyAmountAsync(TenantId, new(ScopeKind.Tenant, TenantId), request, Caller, ct);
}
