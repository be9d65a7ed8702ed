// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Assign a free seat to a member who has none.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SeatResponse>> AssignSeatAsync(
        string tenantId,
        string seatId,
        AssignSeatRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<SeatResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/seats/{s}/assign", tenantId, seatId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Create the key of an assigned seat; its secret is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<HandedKeyResponse>> CreateSeatKeyAsync(
        string tenantId,
        string seatId,
        CreateSeatKeyRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<HandedKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/seats/{s}/key", tenantId, seatId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Subscribe a tenant to a plan and create its seats.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SubscriptionResponse>> CreateSubscriptionAsync(
        string tenantId,
        CreateSubscriptionRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<SubscriptionResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/subscriptions", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a seat's key; it no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteSeatKeyAsync(
        string tenantId,
        string seatId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/seats/{s}/key", tenantId, seatId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Get a seat's key, without its secret.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<KeyResponse>> GetSeatKeyAsync(
        string tenantId,
        string seatId,
        CancellationToken ct = default) =>
        SendAsync<KeyResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/seats/{s}/key", tenantId, seatId),
            ct);

    /// <summary>List a tenant's seats, oldest first, with the number of all seats by state.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ListSeatsResponse>> ListSeatsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<ListSeatsResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/seats", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List a tenant's subscriptions, oldest first.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SubscriptionListResponse>> ListSubscriptionsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<SubscriptionListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/subscriptions", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Take a seat back; its key no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SeatResponse>> ReclaimSeatAsync(
        string tenantId,
        string seatId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<SeatResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/seats/{s}/reclaim", tenantId, seatId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Replace the secret of a seat's key; the old one no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<HandedKeyResponse>> RegenerateSeatKeyAsync(
        string tenantId,
        string seatId,
        RegenerateRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<HandedKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/seats/{s}/key/regenerate", tenantId, seatId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Move a plan's end; if it had already ended, its seats are assigned again, with full credits.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="subscriptionId">The id of the subscription.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SubscriptionResponse>> RenewSubscriptionAsync(
        string tenantId,
        string subscriptionId,
        RenewSubscriptionRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<SubscriptionResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/subscriptions/{s}/renew", tenantId, subscriptionId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
