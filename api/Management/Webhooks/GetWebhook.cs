using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal sealed class GetWebhook(IWebhookStore webhooks, TimeProvider time) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/webhooks/{w}");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("Get a webhook, without its secret");
        Returns<WebhookView>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await webhooks.FindAsync(TenantId, RouteId("w", IdText.Webhook), ct) is { } found
            ? ApiResult.Ok(WebhookView.Of(found, time.GetUtcNow()))
            : ApiResult.NotFound("webhook");
}
