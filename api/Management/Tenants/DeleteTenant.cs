using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>DELETE /api/v1/tenants/{t}</c></summary>
internal sealed class DeleteTenant(UnitOfWork work, ITenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/tenants/{t}");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Describe("Delete a tenant; all its keys are dead when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await tenants.DeleteAsync(work, TenantId, ct),
            static tenant => ApiResult.NoContent(ControlChange.Tenant(tenant.Id)));
}
