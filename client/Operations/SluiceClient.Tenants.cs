// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Change a tenant's settings.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SettingsResponse>> ChangeSettingsAsync(
        string tenantId,
        ChangeSettingsRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<SettingsResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/settings", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Change a tenant's name, time zone or language.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantResponse>> ChangeTenantAsync(
        string tenantId,
        ChangeTenantRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<TenantResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
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
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteTenantAsync(
        string tenantId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}", tenantId)
                .Once(idempotencyKey),
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

    /// <summary>List all tenants, oldest first; search with ?name= and ?billingAccountId=.</summary>
    /// <param name="name">Only tenants with this in their name, ignoring case; all if omitted.</param>
    /// <param name="billingAccountId">Only the tenant of this billing account; all if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TenantListResponse>> ListTenantsAsync(
        string? name = null,
        string? billingAccountId = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<TenantListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants")
                .With("name", name)
                .With("billingAccountId", billingAccountId)
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
