using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/subscriptions</c></summary>
internal sealed class ListSubscriptions(ISubscriptionStore subscriptions) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/subscriptions");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Describe("List a tenant's plans, oldest first");
        Returns<ListOf<SubscriptionView>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Subscription).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await subscriptions.ListAsync(TenantId, page, ct),
            static found => ApiResult.Ok(ListOf<SubscriptionView>.Of(
                found, SubscriptionView.Of, static subscription => Ids.Subscription(subscription.Id))));
    }
}
