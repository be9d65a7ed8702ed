using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>GET /api/v1/tenants/{t}/quota-requests</c></summary>
internal sealed class ListQuotaRequests(IQuotaRequestStore requests) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/quota-requests");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.RequestQuota);
        Describe("List a tenant's requests for more quota, oldest first");
        Returns<ListOf<QuotaRequestView>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.QuotaRequest).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await requests.ListAsync(TenantId, null, page, ct),
            static found => ApiResult.Ok(ListOf<QuotaRequestView>.Of(
                found, QuotaRequestView.Of, static request => Ids.QuotaRequest(request.Id))));
    }
}
