using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/limits/amount</c></summary>
internal static class SetTenantLimit
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/limits/amount", HandleAsync)
        .Needs(Permission.SetLimits)
        .AsAction()
        .Describe("SetTenantLimit", "Sets a tenant's own monthly amount, at most its quota")
        .Produces<LimitResource>();

    private static Task<Reply> HandleAsync(
        TenantId t, LimitRequest request, LimitSetter setter, CancellationToken ct) =>
        setter.SetMonthlyAmountAsync(t.Value, new(ScopeKind.Tenant, t.Value), request, ct);
}
