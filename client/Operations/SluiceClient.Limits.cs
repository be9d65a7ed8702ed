// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Raise a blocked limit until a given time; the boost ends by itself.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<BoostResponse>> CreateBoostAsync(
        string tenantId,
        BoostRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<BoostResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/boosts", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>End a boost early; the limit's own value is in force again when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="boostId">The id of the boost.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteBoostAsync(
        string tenantId,
        string boostId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/boosts/{b}", tenantId, boostId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Get a key's limit on a metric; a key has one for each period.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="metric">A metric's name, amount and credits included.</param>
    /// <param name="period">The period over which usage adds up; <c>month</c> if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> GetKeyLimitAsync(
        string tenantId,
        string keyId,
        string metric,
        string? period = null,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/keys/{k}/limits/{metric}", tenantId, keyId, metric)
                .With("period", period),
            ct);

    /// <summary>Get a project's monthly limit on the amount.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> GetProjectLimitAsync(
        string tenantId,
        string projectId,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects/{p}/limits/amount", tenantId, projectId),
            ct);

    /// <summary>Get the quota, the ceiling of a tenant's monthly amount.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaResponse>> GetQuotaAsync(string tenantId, CancellationToken ct = default) =>
        SendAsync<QuotaResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/quota", tenantId),
            ct);

    /// <summary>Get a seat's monthly credits and the warnings on them.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> GetSeatWarningsAsync(
        string tenantId,
        string seatId,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/seats/{s}/limits/credits", tenantId, seatId),
            ct);

    /// <summary>Get a tenant's own monthly limit on the amount.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> GetTenantLimitAsync(string tenantId, CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/limits/amount", tenantId),
            ct);

    /// <summary>Get an account's warning and blocked values.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<UsageThresholdsResponse>> GetUsageThresholdsAsync(
        string tenantId,
        CancellationToken ct = default) =>
        SendAsync<UsageThresholdsResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/usage-thresholds", tenantId),
            ct);

    /// <summary>List the boosts that have not ended and that the caller may see.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<BoostListResponse>> ListBoostsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<BoostListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/boosts", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List the limits of a tenant, its projects, seats and keys that the caller may see.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitItemListResponse>> ListLimitsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<LimitItemListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/limits", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Set a key's limit on a metric, per month, per day or in total.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="metric">A metric's name, amount and credits included.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> SetKeyLimitAsync(
        string tenantId,
        string keyId,
        string metric,
        LimitRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/keys/{k}/limits/{metric}", tenantId, keyId, metric)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Set a project's monthly limit on the amount.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> SetProjectLimitAsync(
        string tenantId,
        string projectId,
        LimitRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/projects/{p}/limits/amount", tenantId, projectId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Set the quota, the ceiling of a tenant's monthly amount.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<QuotaResponse>> SetQuotaAsync(
        string tenantId,
        SetQuotaRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<QuotaResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/quota", tenantId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Set the warnings on a seat's monthly credits; the credits themselves are set by the plan.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="seatId">The id of the seat.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> SetSeatWarningsAsync(
        string tenantId,
        string seatId,
        SetSeatWarningsRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/seats/{s}/limits/credits", tenantId, seatId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Set a tenant's own monthly limit on the amount, at most its quota.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitResponse>> SetTenantLimitAsync(
        string tenantId,
        LimitRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<LimitResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/limits/amount", tenantId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Set all of an account's warning and blocked values at once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<UsageThresholdsResponse>> SetUsageThresholdsAsync(
        string tenantId,
        SetUsageThresholdsRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<UsageThresholdsResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/usage-thresholds", tenantId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);
}
