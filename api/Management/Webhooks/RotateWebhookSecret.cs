using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Webhooks;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks/{w}/rotate-secret</c></summary>
internal static class RotateWebhookSecret
{
    /// <param name="Secret">The new one; shown this once.</param>
    /// <param name="PreviousSecretUntil">Until when deliveries are signed with the one before, too.</param>
    internal sealed record Response(string Id, string Secret, DateTimeOffset PreviousSecretUntil);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/webhooks/{w}/rotate-secret", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("RotateWebhookSecret", "Makes a new secret, shown this once; the old one signs too for a day")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        WebhookId w,
        ControlTransaction tx,
        IWebhookStore webhooks,
        SealedSecrets secrets,
        CancellationToken ct)
    {
        var secret = WebhookSecret.Make();
        var until = tx.Now + WebhookBounds.RotationGrace;
        return Reply.Of(
            await webhooks.RotateSecretAsync(
                tx, t.Value, w.Value, secrets.SealForWebhook(secret), until, ct),
            rotated => Reply.Ok(new Response(Ids.Webhook(rotated.Id), WebhookSecret.TextOf(secret), until)));
    }
}
