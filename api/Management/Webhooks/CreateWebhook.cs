using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks</c></summary>
internal sealed class CreateWebhook(
    UnitOfWork work,
    WebhookStore webhooks,
    SealedSecrets secrets,
    IOptions<SluiceOptions> options)
    : ManagementEndpoint<CreateWebhookRequest>
{
    public override void Configure()
    {
        Post("/webhooks");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Describe("Create a webhook that posts events to a URL; its signing secret is shown once");
        Returns<CreateWebhookResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(CreateWebhookRequest request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var url = WebhookUrl.Check(rules, "url", request.Url, options.Value.WebhookPrivate);
        var events = WebhookFields.CheckEvents(rules, request.Events);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        var secret = WebhookSecret.Make();
        var webhook = new NewWebhook(IdText.NewValue(), url, events, secrets.SealForWebhook(secret));
        return ApiResult.Of(
            await webhooks.CreateAsync(work, TenantId, webhook, ct),
            made => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/webhooks/{Ids.Webhook(made.Id)}",
                new CreateWebhookResponse(
                    Ids.Webhook(made.Id),
                    made.Url,
                    made.Events,
                    WebhookSecret.TextOf(secret),
                    WebhookState.Enabled,
                    made.CreatedBy,
                    made.CreatedAt)));
    }
}

/// <param name="Url">
/// Where deliveries are posted: an https URL on the public internet, unless the node allows private ones, without
/// credentials and fragment, at most 2,000 characters; unique in the tenant.
/// </param>
/// <param name="Events">The events to subscribe to, at least one; <c>*</c> for all, including future ones.</param>
internal sealed record CreateWebhookRequest(
    string? Url,
    [AllowedValues(
        WebhookEvents.LimitWarning,
        WebhookEvents.LimitBlocked,
        WebhookEvents.LimitResolved,
        WebhookEvents.StatementClosed,
        WebhookEvents.Test,
        WebhookEvents.All)]
    IReadOnlyList<string?>? Events);

/// <param name="Id">The webhook's id, such as <c>w0000000001a</c>.</param>
/// <param name="Url">Where deliveries are posted, as a normalized URL.</param>
/// <param name="Events">What it subscribes to; <c>*</c> for all events.</param>
/// <param name="Secret">The secret that signs deliveries; shown once.</param>
/// <param name="State">Whether deliveries are sent to it.</param>
/// <param name="CreatedBy">Who created it: <c>operator</c> or a member's id.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record CreateWebhookResponse(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string Secret,
    WebhookState State,
    string CreatedBy,
    DateTimeOffset CreatedAt);
