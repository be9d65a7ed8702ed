using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks/{w}/test</c></summary>
internal sealed class TestWebhook(UnitOfWork work, IWebhookStore webhooks) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/webhooks/{w}/test");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Describe("Queue a test, tried once; what comes of it stands first in the delivery log");
        Returns<DeliveryView>(StatusCodes.Status201Created);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await webhooks.TestAsync(work, TenantId, RouteId("w", IdText.Webhook), ct),
            queued => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/webhooks/{Ids.Webhook(RouteId("w", IdText.Webhook))}/deliveries",
                DeliveryView.Of(queued)));
}
