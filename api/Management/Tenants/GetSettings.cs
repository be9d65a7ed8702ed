using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants/{t}/settings</c></summary>
internal sealed class GetSettings(ITenantStore tenants) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}/settings");
        Group<TenantsEndpoints>();
        Requires(Permission.ReadSettings);
        Describe("Get a tenant's settings");
        Returns<SettingsView>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await tenants.FindAsync(TenantId, ct) is { } tenant
            ? ApiResult.Ok(SettingsView.Of(tenant))
            : ApiResult.NotFound("tenant");
}
