using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants/{t}/settings</c></summary>
internal sealed class GetSettings(TenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}/settings");
        Group<TenantsEndpoints>();
        Requires(Permission.ReadSettings);
        Describe("Get a tenant's settings");
        Tagged();
        Returns<SettingsResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await tenants.FindAsync(TenantId, ct) is { } tenant
            ? ApiResult.Ok(SettingsResponse.Of(tenant))
            : ApiResult.NotFound("tenant");
}
