// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Rename a key or change its expiry.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<KeyResponse>> ChangeProjectKeyAsync(
        string tenantId,
        string projectId,
        string keyId,
        ChangeProjectKeyRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<KeyResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/projects/{p}/keys/{k}", tenantId, projectId, keyId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Create the caller's personal key, one per member; its secret is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreatePersonalKeyResponse>> CreatePersonalKeyAsync(
        string tenantId,
        CreatePersonalKeyRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreatePersonalKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/me/personal-key", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Create the caller's personal key, one per member; its secret is shown once.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreatePersonalKeyResponse>> CreatePersonalKeyOfCallerAsync(
        CreatePersonalKeyRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreatePersonalKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/me/personal-key")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Create a project key; its secret is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreateProjectKeyResponse>> CreateProjectKeyAsync(
        string tenantId,
        string projectId,
        CreateProjectKeyRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreateProjectKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/projects/{p}/keys", tenantId, projectId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a member's personal key; it no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteMembersKeyAsync(
        string tenantId,
        string memberId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/members/{m}/personal-key", tenantId, memberId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete the caller's personal key; it no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeletePersonalKeyAsync(
        string tenantId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/me/personal-key", tenantId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete the caller's personal key; it no longer works when this returns.</summary>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeletePersonalKeyOfCallerAsync(
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/me/personal-key")
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a key; it no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteProjectKeyAsync(
        string tenantId,
        string projectId,
        string keyId,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/projects/{p}/keys/{k}", tenantId, projectId, keyId)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Get a key of any kind that the caller manages.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<KeyResponse>> GetKeyAsync(string tenantId, string keyId, CancellationToken ct = default) =>
        SendAsync<KeyResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/keys/{k}", tenantId, keyId),
            ct);

    /// <summary>Get the caller's personal key, without its secret.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<KeyResponse>> GetPersonalKeyAsync(string tenantId, CancellationToken ct = default) =>
        SendAsync<KeyResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/me/personal-key", tenantId),
            ct);

    /// <summary>Get the caller's personal key, without its secret.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<KeyResponse>> GetPersonalKeyOfCallerAsync(CancellationToken ct = default) =>
        SendAsync<KeyResponse>(
            SluiceRequest.To("GET", "/api/v1/me/personal-key"),
            ct);

    /// <summary>List the keys of a tenant that the caller may see, of every kind.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="kind">Only keys of this kind; all if omitted.</param>
    /// <param name="project">
    /// Only keys of the project with this id, such as <c>p0000000001a</c>; all if omitted.
    /// </param>
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
    public Task<SluiceResult<KeyListResponse>> ListKeysAsync(
        string tenantId,
        string? kind = null,
        string? project = null,
        string? search = null,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<KeyListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/keys", tenantId)
                .With("kind", kind)
                .With("project", project)
                .With("search", search)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List a project's keys; search with ?search= and sort with ?sort=.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
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
    public Task<SluiceResult<KeyListResponse>> ListProjectKeysAsync(
        string tenantId,
        string projectId,
        string? search = null,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<KeyListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects/{p}/keys", tenantId, projectId)
                .With("search", search)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>
    /// Replace the secret of the caller's personal key; the old one no longer works when this returns.
    /// </summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<RegeneratedKeyResponse>> RegeneratePersonalKeyAsync(
        string tenantId,
        RegenerateRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<RegeneratedKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/me/personal-key/regenerate", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>
    /// Replace the secret of the caller's personal key; the old one no longer works when this returns.
    /// </summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<RegeneratedKeyResponse>> RegeneratePersonalKeyOfCallerAsync(
        RegenerateRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<RegeneratedKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/me/personal-key/regenerate")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Replace a key's secret; the old one no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="keyId">The API key's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<RegeneratedKeyResponse>> RegenerateProjectKeyAsync(
        string tenantId,
        string projectId,
        string keyId,
        RegenerateRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<RegeneratedKeyResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate",
                tenantId, projectId, keyId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
