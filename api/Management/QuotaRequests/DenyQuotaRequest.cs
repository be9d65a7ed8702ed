using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests/{id}/deny</c></summary>
internal static class DenyQuotaRequest
{
    /// <param name="Note">For who asked.</param>
    internal sealed record Request(string? Note);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/quota-requests/{id}/deny", HandleAsync)
        .Needs(Permission.SetQuota)
        .AsAction()
        .Describe("DenyQuotaRequest", "Leaves the quota as it is and tells the tenant")
        .Produces<QuotaRequestView>();

    private static Task<Reply> HandleAsync(
        string id, Request? request, QuotaDecider decider, CancellationToken ct) =>
        decider.DecideAsync(
            Ids.Read(IdText.QuotaRequest, id), approves: false, null, request?.Note, new RuleCheck(), ct);
}
