using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal static class GetWebhook
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/webhooks/{w}", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .Describe("GetWebhook", "Shows a webhook, without its secret")
        .Produces<WebhookView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, WebhookId w, IWebhookStore webhooks, TimeProvider time, CancellationToken ct) =>
        await webhooks.FindAsync(t.Value, w.Value, ct) is { } found
            ? Reply.Ok(WebhookView.Of(found, time.GetUtcNow()))
            : Reply.NotFound("webhook");
}
