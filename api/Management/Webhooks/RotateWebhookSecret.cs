using Sluice.Api.Auth;
using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks/{w}/rotate-secret</c></summary>
internal sealed class RotateWebhookSecret(UnitOfWork work, WebhookStore webhooks, SealedSecrets secrets)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/webhooks/{w}/rotate-secret");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Describe("Create a new secret, shown once; for a day the old one signs too");
        Returns<RotateWebhookSecretResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        var secret = WebhookSecret.Make();
        var until = work.Now + WebhookBounds.RotationGrace;
        return ApiResult.Of(
            await webhooks.RotateSecretAsync(
                work, TenantId, RouteId("w", IdText.Webhook), secrets.SealForWebhook(secret), until, ct),
            rotated => ApiResult.Ok(
                new RotateWebhookSecretResponse(Ids.Webhook(rotated.Id), WebhookSecret.TextOf(secret), until)));
    }
}

/// <param name="Id">The webhook's id, such as <c>w0000000001a</c>.</param>
/// <param name="Secret">The new secret that signs deliveries; shown once.</param>
/// <param name="PreviousSecretUntil">Until when the previous secret signs deliveries too, in UTC.</param>
internal sealed record RotateWebhookSecretResponse(string Id, string Secret, DateTimeOffset PreviousSecretUntil);
