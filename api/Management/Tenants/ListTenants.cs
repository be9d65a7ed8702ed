using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants</c></summary>
internal static class ListTenants
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants", HandleAsync)
        .Needs(Permission.ManageTenants)
        .Describe("ListTenants", "Lists the tenants, oldest first")
        .Lists<TenantView>();

    private static async Task<Reply> HandleAsync(
        [AsParameters] PageQuery query, ITenantStore tenants, CancellationToken ct)
    {
        if (query.Read(IdText.Tenant).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        var found = await tenants.ListAsync(page, ct);
        return Reply.Ok(ListOf<TenantView>.Of(found, TenantView.Of, static tenant => Ids.Tenant(tenant.Id)));
    }
}
