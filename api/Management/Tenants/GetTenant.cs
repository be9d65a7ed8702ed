using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants/{t}</c></summary>
internal sealed class GetTenant(TenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}");
        Group<TenantsEndpoints>();
        Requires(Permission.ReadTenant);
        Describe("Get a tenant");
        Tagged();
        Returns<TenantResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await tenants.FindAsync(TenantId, ct) is { } tenant
            ? ApiResult.Ok(TenantResponse.Of(tenant))
            : ApiResult.NotFound("tenant");
}
