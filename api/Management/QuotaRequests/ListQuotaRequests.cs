using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>GET /api/v1/tenants/{t}/quota-requests</c></summary>
internal static class ListQuotaRequests
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/quota-requests", HandleAsync)
        .Needs(Permission.RequestQuota)
        .Describe("ListQuotaRequests", "Lists a tenant's requests for more quota, oldest first")
        .Lists<QuotaRequestView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, [AsParameters] PageQuery query, IQuotaRequestStore requests, CancellationToken ct)
    {
        if (query.Read(IdText.QuotaRequest).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await requests.ListAsync(t.Value, null, page, ct),
            static found => Reply.Ok(ListOf<QuotaRequestView>.Of(
                found, QuotaRequestView.Of, static request => Ids.QuotaRequest(request.Id))));
    }
}
