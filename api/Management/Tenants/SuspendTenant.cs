using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>POST /api/v1/tenants/{t}/suspend</c></summary>
internal static class SuspendTenant
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/suspend", HandleAsync)
        .Needs(Permission.ManageTenants)
        .AsAction()
        .Describe("SuspendTenant", "Suspends a tenant; all its keys are refused when this returns")
        .Produces<TenantView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ControlTransaction tx, ITenantStore tenants, CancellationToken ct) =>
        Reply.Of(
            await tenants.SetSuspendedAsync(tx, t.Value, suspended: true, ct),
            static tenant => Reply.Ok(TenantView.Of(tenant), ControlChange.Tenant(tenant.Id)));
}
