using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/quota</c></summary>
internal static class SetQuota
{
    /// <param name="Amount">The monthly ceiling in the tenant's currency; null, which has to be said, for none.</param>
    internal sealed record Request(Given<NumberText?> Amount);

    internal sealed record Response(NumberText? Amount);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/quota", HandleAsync)
        .Needs(Permission.SetQuota)
        .AsAction()
        .Describe("SetQuota", "Sets the ceiling of a tenant's monthly amount")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t, Request request, ControlTransaction tx, ILimitStore limits, CancellationToken ct)
    {
        var metric = MetricCatalogue.BuiltIn[MetricId.Amount];
        var rules = new RuleCheck();
        if (!request.Amount.IsGiven)
            rules.Break("amount", "required", "Must be given; null removes the quota.");
        var units = rules.Units("amount", request.Amount.Value, metric.Decimals);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var scope = new ScopeId(ScopeKind.Tenant, t.Value);
        var setting = LimitSetting.Nothing with { BlockedUnits = units };
        return Reply.Of(
            await limits.SetAsync(
                tx, t.Value, new(scope, metric.Id, PeriodKind.Month, LimitSource.Quota), setting, ct),
            set => Reply.Ok(
                new Response(LimitResource.Amount(set.BlockedUnits, metric)), ControlChange.Limits(scope)));
    }
}
