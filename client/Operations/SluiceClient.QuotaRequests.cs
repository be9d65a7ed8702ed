// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Approve a quota request and notify the tenant; the quota is in force when this returns.</summary>
    /// <param name="quotaRequestId">The id of the quota request.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestResponse>> ApproveQuotaRequestAsync(
        string quotaRequestId,
        ApproveQuotaRequestRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestResponse>(
            SluiceRequest.To("POST", "/api/v1/quota-requests/{id}/approve", quotaRequestId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Deny a quota request and notify the tenant; the quota stays as it is.</summary>
    /// <param name="quotaRequestId">The id of the quota request.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestResponse>> DenyQuotaRequestAsync(
        string quotaRequestId,
        DenyQuotaRequestRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestResponse>(
            SluiceRequest.To("POST", "/api/v1/quota-requests/{id}/deny", quotaRequestId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Enter a quota request that a tenant made by other means.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestResponse>> EnterQuotaRequestAsync(
        EnterQuotaRequestRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestResponse>(
            SluiceRequest.To("POST", "/api/v1/quota-requests")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Get the quotas that new tenants start with, by currency.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<IReadOnlyDictionary<string, decimal?>>> GetDefaultQuotasAsync(
        CancellationToken ct = default) =>
        SendAsync<IReadOnlyDictionary<string, decimal?>>(
            SluiceRequest.To("GET", "/api/v1/default-quotas"),
            ct);

    /// <summary>List the quota requests of all tenants, oldest first; filter with ?state=.</summary>
    /// <param name="state">Only requests in this state; all if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestListResponse>> ListAllQuotaRequestsAsync(
        string? state = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestListResponse>(
            SluiceRequest.To("GET", "/api/v1/quota-requests")
                .With("state", state)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List a tenant's quota requests, oldest first.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestListResponse>> ListQuotaRequestsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/quota-requests", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Replace the quotas that new tenants start with; tenants that exist keep theirs.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<IReadOnlyDictionary<string, decimal?>>> PutDefaultQuotasAsync(
        IReadOnlyDictionary<string, decimal?> body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<IReadOnlyDictionary<string, decimal?>>(
            SluiceRequest.To("PUT", "/api/v1/default-quotas")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Request a higher quota from the operator.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaRequestResponse>> RequestQuotaAsync(
        string tenantId,
        RequestQuotaRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaRequestResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/quota-requests", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
