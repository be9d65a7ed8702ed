using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>DELETE /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal static class DeleteWebhook
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/webhooks/{w}", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("DeleteWebhook", "Deletes a webhook; what waits to be sent there is cancelled")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, WebhookId w, ControlTransaction tx, IWebhookStore webhooks, CancellationToken ct) =>
        Reply.Of(await webhooks.DeleteAsync(tx, t.Value, w.Value, ct), static _ => Reply.NoContent());
}
