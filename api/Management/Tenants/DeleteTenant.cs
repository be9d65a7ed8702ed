using FastEndpoints;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>DELETE /api/v1/tenants/{t}</c></summary>
internal sealed class DeleteTenant(UnitOfWork work, TenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/tenants/{t}");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Guarded();
        Describe("Delete a tenant; its keys no longer work when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await tenants.DeleteAsync(work, TenantId, ct),
            static tenant => ApiResult.NoContent(ControlChange.Tenant(tenant.Id)));

    protected override async Task<ApiResult> LockAsync(EmptyRequest request, CancellationToken ct) =>
        await tenants.LockAsync(work, TenantId, ct) is { } tenant
            ? ApiResult.Ok(TenantResponse.Of(tenant))
            : ApiResult.NotFound("tenant");
}
