namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/limits/amount</c></summary>
internal sealed class GetProjectLimit(LimitSetter setter) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/projects/{p}/limits/amount");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("Get a project's monthly limit on the amount");
        Tagged();
        Returns<LimitResponse>();
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        setter.ShowMonthlyAmountAsync(TenantId, new(ScopeKind.Project, ProjectId), Caller, ct);
}
