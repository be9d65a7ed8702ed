// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Change a webhook, or switch it off or on.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<WebhookResponse>> ChangeWebhookAsync(
        string tenantId,
        string webhookId,
        ChangeWebhookRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<WebhookResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/webhooks/{w}", tenantId, webhookId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Create a webhook that posts events to a URL; its signing secret is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreateWebhookResponse>> CreateWebhookAsync(
        string tenantId,
        CreateWebhookRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreateWebhookResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/webhooks", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a webhook and cancel its waiting deliveries.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteWebhookAsync(
        string tenantId,
        string webhookId,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/webhooks/{w}", tenantId, webhookId)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Get a webhook, without its secret.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<WebhookResponse>> GetWebhookAsync(
        string tenantId,
        string webhookId,
        CancellationToken ct = default) =>
        SendAsync<WebhookResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/webhooks/{w}", tenantId, webhookId),
            ct);

    /// <summary>List the deliveries of a webhook and their results, newest first.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<DeliveryListResponse>> ListDeliveriesAsync(
        string tenantId,
        string webhookId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<DeliveryListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/webhooks/{w}/deliveries", tenantId, webhookId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List a tenant's webhooks, without their secrets.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<WebhookListResponse>> ListWebhooksAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<WebhookListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/webhooks", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Create a new secret, shown once; for a day the old one signs too.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<RotateWebhookSecretResponse>> RotateWebhookSecretAsync(
        string tenantId,
        string webhookId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<RotateWebhookSecretResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/webhooks/{w}/rotate-secret", tenantId, webhookId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Queue a test delivery, tried once; its result is the first entry of the delivery log.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<DeliveryResponse>> TestWebhookAsync(
        string tenantId,
        string webhookId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<DeliveryResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/webhooks/{w}/test", tenantId, webhookId)
                .Once(idempotencyKey),
            ct);
}
