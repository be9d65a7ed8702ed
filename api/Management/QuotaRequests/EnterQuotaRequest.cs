using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests</c></summary>
internal static class EnterQuotaRequest
{
    /// <param name="TenantId">Who asks.</param>
    /// <param name="Amount">More than the quota, in the tenant's currency.</param>
    /// <param name="Reason">As the tenant gave it.</param>
    internal sealed record Request(string? TenantId, NumberText? Amount, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/quota-requests", HandleAsync)
        .Needs(Permission.SetQuota)
        .AsAction()
        .Describe("EnterQuotaRequest", "Enters a request that a tenant has made by other means")
        .Produces<QuotaRequestView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        Request request, ControlTransaction tx, IQuotaRequestStore requests, CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Given("tenantId", request.TenantId);
        var amount = rules.QuotaAmount("amount", request.Amount);
        rules.Reason("reason", request.Reason);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        var tenant = Ids.Read(IdText.Tenant, request.TenantId);
        return Reply.Of(
            await requests.CreateAsync(tx, tenant, amount!.Value, request.Reason!, ct),
            static created => Reply.Created("/api/v1/quota-requests", QuotaRequestView.Of(created)));
    }
}
