// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Change a member's role or email; the owner's role changes by transferring ownership.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<MemberResponse>> ChangeMemberAsync(
        string tenantId,
        string memberId,
        ChangeMemberRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<MemberResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/members/{m}", tenantId, memberId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Add a member with a one-time password, which is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreateMemberResponse>> CreateMemberAsync(
        string tenantId,
        CreateMemberRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreateMemberResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/members", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Get a member.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<MemberResponse>> GetMemberAsync(
        string tenantId,
        string memberId,
        CancellationToken ct = default) =>
        SendAsync<MemberResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/members/{m}", tenantId, memberId),
            ct);

    /// <summary>List a tenant's members; search with ?search= and sort with ?sort=.</summary>
    /// <param name="tenantId">The tenant's id.</param>
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
    public Task<SluiceResult<MemberListResponse>> ListMembersAsync(
        string tenantId,
        string? search = null,
        string? sort = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<MemberListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/members", tenantId)
                .With("search", search)
                .With("sort", sort)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Remove a member; personal key, seat key and sessions no longer work when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> RemoveMemberAsync(
        string tenantId,
        string memberId,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/members/{m}", tenantId, memberId)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Remove a member's lost second factor and recovery codes, and end their sessions.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> ResetMfaAsync(
        string tenantId,
        string memberId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/members/{m}/reset-mfa", tenantId, memberId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Give a member a one-time password, and end all their sessions and access tokens.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ResetPasswordResponse>> ResetPasswordAsync(
        string tenantId,
        string memberId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ResetPasswordResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/members/{m}/reset-password", tenantId, memberId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Make a member the owner; the previous owner becomes an administrator.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<MemberResponse>> TransferOwnershipAsync(
        string tenantId,
        string memberId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<MemberResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/members/{m}/transfer-ownership", tenantId, memberId)
                .Once(idempotencyKey),
            ct);
}
