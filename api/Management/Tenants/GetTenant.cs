using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants/{t}</c></summary>
internal static class GetTenant
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}", HandleAsync)
        .Needs(Permission.ReadTenant)
        .Describe("GetTenant", "Shows a tenant")
        .Produces<TenantView>();

    private static async Task<Reply> HandleAsync(TenantId t, ITenantStore tenants, CancellationToken ct) =>
        await tenants.FindAsync(t.Value, ct) is { } tenant
            ? Reply.Ok(TenantView.Of(tenant))
            : Reply.NotFound("tenant");
}
