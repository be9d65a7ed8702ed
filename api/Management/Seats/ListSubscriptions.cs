using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/subscriptions</c></summary>
internal sealed class ListSubscriptions(SubscriptionStore subscriptions) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/subscriptions");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Describe("List a tenant's subscriptions, oldest first");
        Returns<ListResponse<SubscriptionResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Subscription).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await subscriptions.ListAsync(TenantId, page, ct),
            static found => ApiResult.Ok(ListResponse<SubscriptionResponse>.Of(
                found, SubscriptionResponse.Of, static subscription => Ids.Subscription(subscription.Id))));
    }
}
