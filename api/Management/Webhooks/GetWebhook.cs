using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal sealed class GetWebhook(WebhookStore webhooks, TimeProvider time) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/webhooks/{w}");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("Get a webhook, without its secret");
        Tagged();
        Returns<WebhookResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await webhooks.FindAsync(TenantId, RouteId("w", IdText.Webhook), ct) is { } found
            ? ApiResult.Ok(WebhookResponse.Of(found, time.GetUtcNow()))
            : ApiResult.NotFound("webhook");
}
