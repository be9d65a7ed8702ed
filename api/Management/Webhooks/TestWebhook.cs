using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks/{w}/test</c></summary>
internal sealed class TestWebhook(UnitOfWork work, WebhookStore webhooks) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/webhooks/{w}/test");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Describe("Queue a test delivery, tried once; its result is the first entry of the delivery log");
        Returns<DeliveryResponse>(StatusCodes.Status201Created);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await webhooks.TestAsync(work, TenantId, RouteId("w", IdText.Webhook), ct),
            queued => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/webhooks/{RouteText("w")}/deliveries",
                DeliveryResponse.Of(queued)));
}
