using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks/{w}/test</c></summary>
internal static class TestWebhook
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/webhooks/{w}/test", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("TestWebhook", "Queues a test, tried once; what comes of it stands first in the delivery log")
        .Produces<DeliveryView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t, WebhookId w, ControlTransaction tx, IWebhookStore webhooks, CancellationToken ct) =>
        Reply.Of(
            await webhooks.TestAsync(tx, t.Value, w.Value, ct),
            queued => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/webhooks/{Ids.Webhook(w.Value)}/deliveries",
                DeliveryView.Of(queued)));
}
