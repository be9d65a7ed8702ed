using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks/{w}/deliveries</c></summary>
internal sealed class ListDeliveries(WebhookStore webhooks) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/webhooks/{w}/deliveries");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("List the deliveries of a webhook and their results, newest first");
        Returns<ListResponse<DeliveryResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery paging, CancellationToken ct)
    {
        if (paging.Read(IdText.WebhookDelivery).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await webhooks.ListDeliveriesAsync(TenantId, RouteId("w", IdText.Webhook), page, ct),
            static found => ApiResult.Ok(ListResponse<DeliveryResponse>.Of(
                found, DeliveryResponse.Of, static delivery => Ids.WebhookDelivery(delivery.Id))));
    }
}
