using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>DELETE /api/v1/tenants/{t}</c></summary>
internal static class DeleteTenant
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}", HandleAsync)
        .Needs(Permission.ManageTenants)
        .AsAction()
        .Describe("DeleteTenant", "Deletes a tenant; all its keys are dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, ControlTransaction tx, ITenantStore tenants, CancellationToken ct) =>
        Reply.Of(
            await tenants.DeleteAsync(tx, t.Value, ct),
            static tenant => Reply.NoContent(ControlChange.Tenant(tenant.Id)));
}
