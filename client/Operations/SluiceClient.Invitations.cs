// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Accept an invitation by the token in its link, and become a member.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<AcceptInvitationResponse>> AcceptInvitationAsync(
        AcceptInvitationRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<AcceptInvitationResponse>(
            SluiceRequest.To("POST", "/api/v1/invitations/accept")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Create a link by which several people can join; it is shown once.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<InvitationResponse>> InviteByLinkAsync(
        string tenantId,
        InviteByLinkRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<InvitationResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/invitations/bulk", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Invite an address by mail; the link works once, for seven days.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<InvitationResponse>> InviteMemberAsync(
        string tenantId,
        InviteMemberRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<InvitationResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/invitations", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>List the open and expired invitations, oldest first.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<InvitationListResponse>> ListInvitationsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<InvitationListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/invitations", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Send an invitation again, with a new link that works for seven days.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="invitationId">The id of the invitation.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<InvitationResponse>> ResendInvitationAsync(
        string tenantId,
        string invitationId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<InvitationResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/invitations/{i}/resend", tenantId, invitationId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Revoke an invitation; its link no longer works when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="invitationId">The id of the invitation.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> RevokeInvitationAsync(
        string tenantId,
        string invitationId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/invitations/{i}", tenantId, invitationId)
                .Once(idempotencyKey),
            ct);
}
