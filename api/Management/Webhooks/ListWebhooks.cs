using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>GET /api/v1/tenants/{t}/webhooks</c></summary>
internal sealed class ListWebhooks(WebhookStore webhooks, TimeProvider time) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/webhooks");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Describe("List a tenant's webhooks, without their secrets");
        Returns<ListResponse<WebhookResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery paging, CancellationToken ct)
    {
        if (paging.Read(IdText.Webhook).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var now = time.GetUtcNow();
        return ApiResult.Of(
            await webhooks.ListAsync(TenantId, page, ct),
            found => ApiResult.Ok(ListResponse<WebhookResponse>.Of(
                found, webhook => WebhookResponse.Of(webhook, now), static webhook => Ids.Webhook(webhook.Id))));
    }
}
