using Microsoft.Extensions.Options;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>PATCH /api/v1/tenants/{t}/webhooks/{w}</c></summary>
internal static class ChangeWebhook
{
    /// <param name="Url">Where deliveries are posted to; as it is where left out.</param>
    /// <param name="Events">What it subscribes to, all of it; as it is where left out.</param>
    /// <param name="Enabled">
    /// False: nothing more is sent there, and what waits is cancelled. True: also where it was disabled for failing.
    /// </param>
    internal sealed record Request(string? Url, IReadOnlyList<string?>? Events, bool? Enabled);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}/webhooks/{w}", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("ChangeWebhook", "Changes a webhook, switches it off, or on again")
        .Produces<WebhookView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        WebhookId w,
        Request request,
        ControlTransaction tx,
        IWebhookStore webhooks,
        IOptions<SluiceOptions> options,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var url = request.Url is null
            ? null
            : WebhookUrl.Check(rules, "url", request.Url, options.Value.WebhookPrivate);
        var events = request.Events is null ? null : WebhookFields.CheckEvents(rules, request.Events);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        var change = new WebhookChange(url, events, request.Enabled);
        return Reply.Of(
            await webhooks.ChangeAsync(tx, t.Value, w.Value, change, ct),
            changed => Reply.Ok(WebhookView.Of(changed, tx.Now)));
    }
}
