// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>List the mails of all tenants; filter with ?state= and ?tenant=, sort with ?sort=.</summary>
    /// <param name="state">Only mails in this state; all if omitted.</param>
    /// <param name="tenant">The tenant's id, such as <c>t0000000001a</c>; all tenants if omitted.</param>
    /// <param name="sort"><c>createdAt</c>, oldest first, or <c>-createdAt</c>; oldest first if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<NotificationListResponse>> ListAllNotificationsAsync(
        string? state = null,
        string? tenant = null,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<NotificationListResponse>(
            SluiceRequest.To("GET", "/api/v1/notifications")
                .With("state", state)
                .With("tenant", tenant)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List the tenant's mails with their state for each recipient; sort with ?sort=.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="sort"><c>createdAt</c>, oldest first, or <c>-createdAt</c>; oldest first if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<NotificationListResponse>> ListNotificationsAsync(
        string tenantId,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<NotificationListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/notifications", tenantId)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Resend a mail that was sent or given up, to all its recipients.</summary>
    /// <param name="notificationId">The id of the notification.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<NotificationResponse>> ResendNotificationAsync(
        string notificationId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<NotificationResponse>(
            SluiceRequest.To("POST", "/api/v1/notifications/{n}/resend", notificationId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Send a test mail to an address; the list of notifications shows the result.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<NotificationResponse>> TestNotificationAsync(
        string tenantId,
        TestNotificationRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<NotificationResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/notifications/test", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
