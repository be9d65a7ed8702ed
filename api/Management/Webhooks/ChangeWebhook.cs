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
}

/// <param name="Url">Where deliveries are posted; unchanged if omitted.</param>
/// <param name="Events">All events that it subscribes to; unchanged if omitted.</param>
/// <param name="Enabled">
/// False: no more deliveries are sent, and waiting ones are cancelled. True: enables it, also after it was disabled for
/// failing.
/// </param>
internal sealed record ChangeWebhookRequest(string? Url, IReadOnlyList<string?>? Events, bool? Enabled);
