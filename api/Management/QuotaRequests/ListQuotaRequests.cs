using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>GET /api/v1/tenants/{t}/quota-requests</c></summary>
internal sealed class ListQuotaRequests(QuotaRequestStore requests) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/quota-requests");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.RequestQuota);
        Describe("List a tenant's quota requests, oldest first");
        Returns<ListResponse<QuotaRequestResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.QuotaRequest).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await requests.ListAsync(TenantId, null, page, ct),
            static found => ApiResult.Ok(ListResponse<QuotaRequestResponse>.Of(
                found, QuotaRequestResponse.Of, static request => Ids.QuotaRequest(request.Id))));
    }
}
