using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>POST /api/v1/tenants/{t}/resume</c></summary>
internal sealed class ResumeTenant(UnitOfWork work, TenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/tenants/{t}/resume");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Describe("Resume a suspended tenant; its keys work again when this returns");
        Returns<TenantResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await tenants.SetSuspendedAsync(work, TenantId, suspended: false, ct),
            static tenant => ApiResult.Ok(TenantResponse.Of(tenant), ControlChange.Tenant(tenant.Id)));
}
