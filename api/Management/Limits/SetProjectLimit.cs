namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/projects/{p}/limits/amount</c></summary>
internal sealed class SetProjectLimit(LimitSetter setter) : ManagementEndpoint<LimitRequest>
{
    public override void Configure()
    {
        Put("/projects/{p}/limits/amount");
        Group<LimitsEndpoints>();
        Requires(Permission.SetLimits);
        Transactional();
        Guarded();
        Describe("Set a project's monthly limit on the amount");
        Returns<LimitResponse>();
    }

    public override Task<ApiResult> ExecuteAsync(LimitRequest request, CancellationToken ct) =>
        setter.SetMonthlyAmountAsync(TenantId, new(ScopeKind.Project, ProjectId), request, ct);

    protected override Task<ApiResult> LockAsync(LimitRequest request, CancellationToken ct) =>
        setter.LockMonthlyAmountAsync(TenantId, new(ScopeKind.Project, ProjectId), request, Caller, ct);
}
