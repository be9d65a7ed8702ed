using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>POST /api/v1/tenants/{t}/suspend</c></summary>
internal sealed class SuspendTenant(UnitOfWork work, TenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/tenants/{t}/suspend");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Describe("Suspend a tenant; all its keys are refused when this returns");
        Returns<TenantResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await tenants.SetSuspendedAsync(work, TenantId, suspended: true, ct),
            static tenant => ApiResult.Ok(TenantResponse.Of(tenant), ControlChange.Tenant(tenant.Id)));
}
