using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>GET /api/v1/quota-requests</c></summary>
internal static class ListAllQuotaRequests
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/quota-requests", HandleAsync)
        .Needs(Permission.SetQuota)
        .Describe("ListAllQuotaRequests", "Lists requests of all tenants, oldest first; those of a state with ?state=")
        .Lists<QuotaRequestView>();

    private static async Task<Reply> HandleAsync(
        [FromQuery] string? state,
        [AsParameters] PageQuery query,
        IQuotaRequestStore requests,
        CancellationToken ct)
    {
        if (query.Read(IdText.QuotaRequest).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        QuotaRequestState? wanted = null;
        foreach (var value in Enum.GetValues<QuotaRequestState>())
        {
            if (Words.Of(value) == state)
                wanted = value;
        }

        if (state is not null && wanted is null)
        {
            var rules = new RuleCheck();
            rules.OneOf("state", state, "open", "approved", "denied");
            return Reply.Refused(rules.Refusal!);
        }

        return Reply.Of(
            await requests.ListAsync(null, wanted, page, ct),
            static found => Reply.Ok(ListOf<QuotaRequestView>.Of(
                found, QuotaRequestView.Of, static request => Ids.QuotaRequest(request.Id))));
    }
}
