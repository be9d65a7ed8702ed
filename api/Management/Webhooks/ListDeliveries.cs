using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks/{w}/deliveries</c></summary>
internal static class ListDeliveries
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/webhooks/{w}/deliveries", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .Describe("ListDeliveries", "What was sent to a webhook and what came of it; newest first")
        .Lists<DeliveryView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, WebhookId w, [AsParameters] PageQuery paging, IWebhookStore webhooks, CancellationToken ct)
    {
        if (paging.Read(IdText.WebhookDelivery).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await webhooks.ListDeliveriesAsync(t.Value, w.Value, page, ct),
            static found => Reply.Ok(ListOf<DeliveryView>.Of(
                found, DeliveryView.Of, static delivery => Ids.WebhookDelivery(delivery.Id))));
    }
}
