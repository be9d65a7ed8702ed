using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/tenants/{t}/quota-requests</c></summary>
internal static class RequestQuota
{
    /// <param name="Amount">More than the quota, in the tenant's currency.</param>
    /// <param name="Reason">For the operator.</param>
    internal sealed record Request(NumberText? Amount, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/quota-requests", HandleAsync)
        .Needs(Permission.RequestQuota)
        .AsAction()
        .Describe("RequestQuota", "Asks the operator for a higher quota")
        .Produces<QuotaRequestView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t, Request request, ControlTransaction tx, IQuotaRequestStore requests, CancellationToken ct)
    {
        var rules = new RuleCheck();
        var amount = rules.QuotaAmount("amount", request.Amount);
        rules.Reason("reason", request.Reason);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await requests.CreateAsync(tx, t.Value, amount!.Value, request.Reason!, ct),
            static created => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(created.TenantId)}/quota-requests", QuotaRequestView.Of(created)));
    }
}
