using FastEndpoints;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>DELETE /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal sealed class DeleteWebhook(UnitOfWork work, WebhookStore webhooks) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/webhooks/{w}");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Guarded();
        Describe("Delete a webhook and cancel its waiting deliveries");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await webhooks.DeleteAsync(work, TenantId, RouteId("w", IdText.Webhook), ct),
            static _ => ApiResult.NoContent());

    protected override async Task<ApiResult> LockAsync(EmptyRequest request, CancellationToken ct) =>
        await webhooks.LockAsync(work, TenantId, RouteId("w", IdText.Webhook), ct) is { } webhook
            ? ApiResult.Ok(WebhookResponse.Of(webhook, work.Now))
            : ApiResult.NotFound("webhook");
}
