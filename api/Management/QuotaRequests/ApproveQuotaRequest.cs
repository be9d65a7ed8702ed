using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests/{id}/approve</c></summary>
internal static class ApproveQuotaRequest
{
    /// <param name="Amount">The new quota; what was asked for where left out.</param>
    /// <param name="Note">For who asked.</param>
    internal sealed record Request(NumberText? Amount, string? Note);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/quota-requests/{id}/approve", HandleAsync)
        .Needs(Permission.SetQuota)
        .AsAction()
        .Describe("ApproveQuotaRequest", "Sets the quota and tells the tenant; it is in force when this returns")
        .Produces<QuotaRequestView>();

    private static Task<Reply> HandleAsync(
        string id, Request? request, QuotaDecider decider, CancellationToken ct)
    {
        var rules = new RuleCheck();
        var amount = request?.Amount is { } given ? rules.QuotaAmount("amount", given) : null;
        return decider.DecideAsync(
            Ids.Read(IdText.QuotaRequest, id), approves: true, amount, request?.Note, rules, ct);
    }
}
