using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/projects/{p}/limits/amount</c></summary>
internal static class SetProjectLimit
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/projects/{p}/limits/amount", HandleAsync)
        .Needs(Permission.SetLimits)
        .AsAction()
        .Describe("SetProjectLimit", "Sets a project's monthly amount")
        .Produces<LimitResource>();

    private static Task<Reply> HandleAsync(
        TenantId t, ProjectId p, LimitRequest request, LimitSetter setter, CancellationToken ct) =>
        setter.SetMonthlyAmountAsync(t.Value, new(ScopeKind.Project, p.Value), request, ct);
}
