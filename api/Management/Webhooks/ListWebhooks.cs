using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks</c></summary>
internal static class ListWebhooks
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/webhooks", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .Describe("ListWebhooks", "Lists where a tenant is told of events, without the secrets")
        .Lists<WebhookView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] PageQuery paging,
        IWebhookStore webhooks,
        TimeProvider time,
        CancellationToken ct)
    {
        if (paging.Read(IdText.Webhook).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        var now = time.GetUtcNow();
        return Reply.Of(
            await webhooks.ListAsync(t.Value, page, ct),
            found => Reply.Ok(ListOf<WebhookView>.Of(
                found, webhook => WebhookView.Of(webhook, now), static webhook => Ids.Webhook(webhook.Id))));
    }
}
