using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/subscriptions</c></summary>
internal static class ListSubscriptions
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/subscriptions", HandleAsync)
        .Needs(Permission.ManageSeats)
        .Describe("ListSubscriptions", "Lists a tenant's plans, oldest first")
        .Lists<SubscriptionView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, [AsParameters] PageQuery query, ISubscriptionStore subscriptions, CancellationToken ct)
    {
        if (query.Read(IdText.Subscription).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await subscriptions.ListAsync(t.Value, page, ct),
            static found => Reply.Ok(ListOf<SubscriptionView>.Of(
                found, SubscriptionView.Of, static subscription => Ids.Subscription(subscription.Id))));
    }
}
