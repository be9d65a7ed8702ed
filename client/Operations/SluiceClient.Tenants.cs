// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Change a tenant's settings.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SettingsResponse>> ChangeSettingsAsync(
        string tenantId,
        ChangeSettingsRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<SettingsResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/settings", tenantId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Change a tenant's name, time zone or language.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantResponse>> ChangeTenantAsync(
        string tenantId,
        ChangeTenantRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<TenantResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}", tenantId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Create a tenant with its Default project, its owner and the default quota of its currency.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreateTenantResponse>> CreateTenantAsync(
        CreateTenantRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreateTenantResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a tenant; its keys no longer work when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteTenantAsync(
        string tenantId,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}", tenantId)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Get a tenant's settings.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SettingsResponse>> GetSettingsAsync(string tenantId, CancellationToken ct = default) =>
        SendAsync<SettingsResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/settings", tenantId),
            ct);

    /// <summary>Get a tenant.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantResponse>> GetTenantAsync(string tenantId, CancellationToken ct = default) =>
        SendAsync<TenantResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}", tenantId),
            ct);

    /// <summary>List all tenants; search with ?search=, ?name= or ?billingAccountId=, and sort with ?sort=.</summary>
    /// <param name="name">Only tenants with this in their name, ignoring case; all if omitted.</param>
    /// <param name="billingAccountId">Only the tenant of this billing account; all if omitted.</param>
    /// <param name="search">
    /// Only items with this in their name, user name, email or account, ignoring case, or at the start of their id; 1
    /// to 100 characters. All if omitted.
    /// </param>
    /// <param name="sort">
    /// The order, with <c>-</c> in front for the reverse one; oldest first if omitted. What was never used counts as
    /// used before all others, what has no expiry as expiring after all others.
    /// </param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantListResponse>> ListTenantsAsync(
        string? name = null,
        string? billingAccountId = null,
        string? search = null,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<TenantListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants")
                .With("name", name)
                .With("billingAccountId", billingAccountId)
                .With("search", search)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Resume a suspended tenant; its keys work again when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantResponse>> ResumeTenantAsync(
        string tenantId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<TenantResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/resume", tenantId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Suspend a tenant; all its keys are refused when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantResponse>> SuspendTenantAsync(
        string tenantId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<TenantResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/suspend", tenantId)
                .Once(idempotencyKey),
            ct);
}
