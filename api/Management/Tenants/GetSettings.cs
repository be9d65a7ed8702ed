using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants/{t}/settings</c></summary>
internal static class GetSettings
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/settings", HandleAsync)
        .Needs(Permission.ReadSettings)
        .Describe("GetSettings", "Shows a tenant's settings")
        .Produces<SettingsView>();

    private static async Task<Reply> HandleAsync(TenantId t, ITenantStore tenants, CancellationToken ct) =>
        await tenants.FindAsync(t.Value, ct) is { } tenant
            ? Reply.Ok(SettingsView.Of(tenant))
            : Reply.NotFound("tenant");
}
