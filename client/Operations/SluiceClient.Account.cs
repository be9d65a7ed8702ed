// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Set a new password and end all other sessions of the member.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ChangePasswordResponse>> ChangePasswordAsync(
        ChangePasswordRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ChangePasswordResponse>(
            SluiceRequest.To("POST", "/api/v1/me/password")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Confirm the second factor with a code and get recovery codes.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ConfirmMfaResponse>> ConfirmMfaAsync(
        ConfirmMfaRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ConfirmMfaResponse>(
            SluiceRequest.To("POST", "/api/v1/me/mfa/confirm")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Create an access token; its secret is shown once.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CreateTokenResponse>> CreateTokenAsync(
        CreateTokenRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<CreateTokenResponse>(
            SluiceRequest.To("POST", "/api/v1/me/tokens")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Revoke an access token; it no longer works when this returns.</summary>
    /// <param name="tokenId">The id of the token.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteTokenAsync(
        string tokenId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/me/tokens/{id}", tokenId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Remove the second factor, with a code of it; not possible if the tenant demands one.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<DisableMfaResponse>> DisableMfaAsync(
        DisableMfaRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<DisableMfaResponse>(
            SluiceRequest.To("POST", "/api/v1/me/mfa/disable")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Start to enrol a second factor; it takes effect once a code of it is confirmed.</summary>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<EnrollMfaResponse>> EnrollMfaAsync(
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<EnrollMfaResponse>(
            SluiceRequest.To("POST", "/api/v1/me/mfa/enroll")
                .Once(idempotencyKey),
            ct);

    /// <summary>Get the signed-in member with their roles and seat.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetMeResponse>> GetMeAsync(CancellationToken ct = default) =>
        SendAsync<GetMeResponse>(
            SluiceRequest.To("GET", "/api/v1/me"),
            ct);

    /// <summary>List the member's access tokens, oldest first.</summary>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<TokenListResponse>> ListTokensAsync(
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<TokenListResponse>(
            SluiceRequest.To("GET", "/api/v1/me/tokens")
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Open a session with user name, password and, if enrolled, the second factor.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<SignInResponse>> SignInAsync(SignInRequest body, CancellationToken ct = default) =>
        SendAsync<SignInResponse>(
            SluiceRequest.To("POST", "/api/v1/session")
                .Sends(body),
            ct);

    /// <summary>End the session; its token and cookie no longer work when this returns.</summary>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> SignOutAsync(string? idempotencyKey = null, CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/session")
                .Once(idempotencyKey),
            ct);
}
