using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>PATCH /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal sealed class ChangeWebhook(UnitOfWork work, WebhookStore webhooks, IOptions<SluiceOptions> options)
    : ManagementEndpoint<ChangeWebhookRequest>
{
    public override void Configure()
    {
        Patch("/webhooks/{w}");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Guarded();
        Describe("Change a webhook, or switch it off or on");
        Returns<WebhookResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeWebhookRequest request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var url = request.Url is null
            ? null
            : WebhookUrl.Check(rules, "url", request.Url, options.Value.WebhookPrivate);
        var events = request.Events is null ? null : WebhookFields.CheckEvents(rules, request.Events);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var change = new WebhookChange(url, events, request.Enabled);
        return ApiResult.Of(
            await webhooks.ChangeAsync(work, TenantId, RouteId("w", IdText.Webhook), change, ct),
            changed => ApiResult.Ok(WebhookResponse.Of(changed, work.Now)));
    }

    protected override async Task<ApiResult> LockAsync(ChangeWebhookRequest request, CancellationToken ct) =>
        await webhooks.LockAsync(work, TenantId, RouteId("w", IdText.Webhook), ct) is { } webhook
            ? ApiResult.Ok(WebhookResponse.Of(webhook, work.Now))
            : ApiResult.NotFound("webhook");
}

/// <param name="Url">
/// Where deliveries are posted: an https URL on the public internet, unless the node allows private ones, without
/// credentials and fragment, at most 2,000 characters; unchanged if omitted.
/// </param>
/// <param name="Events">All events to subscribe to, at least one; unchanged if omitted.</param>
/// <param name="Enabled">
/// False stops deliveries and cancels those that wait; true enables them, also after failures have stopped them.
/// Unchanged if omitted.
/// </param>
internal sealed record ChangeWebhookRequest(
    string? Url = null,
    [AllowedValues(
        WebhookEvents.LimitWarning,
        WebhookEvents.LimitBlocked,
        WebhookEvents.LimitResolved,
        WebhookEvents.StatementClosed,
        WebhookEvents.Test,
        WebhookEvents.All)]
    IReadOnlyList<string?>? Events = null,
    bool? Enabled = null);
