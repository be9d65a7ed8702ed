using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Sluice.Api.Auth;
using Sluice.Api.Problems;
using Sluice.Storage.Control.Accounts;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/session</c></summary>
internal sealed class SignIn(
    UnitOfWork work, AccountStore accounts, AccountTurns turns, SecondFactor secondFactor, Passwords passwords)
    : ManagementEndpoint<SignInRequest>
{
    /// <summary>How long a session lasts.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public override void Configure()
    {
        Post("/session");
        Group<AccountEndpoints>();
        AllowAnonymous();
        Options(static route => route.RequireRateLimiting(SignInLimiter.Policy));
        Describe("Open a session with user name, password and, if enrolled, the second factor");
        Returns<SignInResponse>();
        Description(static route => route
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    public override async Task<ApiResult> ExecuteAsync(SignInRequest request, CancellationToken ct)
    {
        var tenant = Ids.Read(IdText.Tenant, request.Tenant);
        var account = await accounts.FindAsync(tenant, request.UserName!, ct);
        using var turn = await turns.TakeAsync(account?.MemberId ?? TurnOfNone(tenant, request.UserName!), ct);
        if (turn is null)
            return ApiResult.Failure(Passwords.TooMany);
        var mayTry = await accounts.TakeAttemptAsync(account?.MemberId ?? 0, ct);
        // The password is hashed in any case, so that every kind of failure takes the same time.
        var sender = HttpContext.Connection.RemoteIpAddress;
        if (await passwords.VerifyAsync(account?.PasswordHash, request.Password, sender, ct) is not { } verified)
        {
            if (account is not null && mayTry)
                await accounts.ReturnAttemptAsync(account.MemberId, ct);
            return ApiResult.Failure(Passwords.TooMany);
        }

        if (account is null || !mayTry || verified == PasswordVerificationResult.Failed)
            return Failed();
        return await OpenAsync(request, account, verified, ct);
    }

    private async Task<ApiResult> OpenAsync(
        SignInRequest request,
        Storage.Control.Accounts.Account account,
        PasswordVerificationResult verified,
        CancellationToken ct)
    {
        work.Origin = new(Ids.Member(account.MemberId), HttpContext.Connection.RemoteIpAddress?.ToString());
        // Before the session's transaction, which must not wait for a core. The next sign-in renews it else.
        var renewed = verified == PasswordVerificationResult.SuccessRehashNeeded
            ? await passwords.HashAsync(request.Password!, account.TenantId, ct)
            : null;
        var proof = SecondFactorProof.NotNeeded;
        if (account.TotpConfirmedAt is not null)
        {
            if (string.IsNullOrEmpty(request.Totp))
            {
                await accounts.ReturnAttemptAsync(account.MemberId, ct);
                return Failed(mfaRequired: true);
            }

            proof = await secondFactor.ProveAsync(work, account, request.Totp, ct);
            if (!proof.IsRight)
                return Failed(mfaRequired: true);
        }

        var token = SecretText.Make(SecretText.Session);
        var session = new NewSession(IdText.NewValue(), SecretText.HashOf(token), work.Now + Lifetime);
        if (!await accounts.OpenSessionAsync(work, account, session, proof.Step, ct))
            return Failed(mfaRequired: true);
        if (renewed is not null)
            await accounts.RenewHashAsync(work, account, renewed, ct);
        await work.CommitAsync(ct);
        SessionCookie.Set(HttpContext, token, session.ExpiresAt);
        return ApiResult.Ok(new SignInResponse(
            token,
            session.ExpiresAt,
            Ids.Member(account.MemberId),
            account.Role,
            account.MustChangePassword,
            account is { RequiresSecondFactor: true, TotpConfirmedAt: null }));
    }

    /// <summary>
    /// Returns the turn of an account that does not exist: each name has its own, as names that exist have, so that
    /// neither the time nor a refusal tells the two apart. Negative, because no member has such an id.
    /// </summary>
    private static long TurnOfNone(long tenantId, string userName) =>
        -1L - (uint.MaxValue & (long)HashCode.Combine(
            tenantId, StringComparer.OrdinalIgnoreCase.GetHashCode(userName)));

    /// <summary>
    /// Returns the same response for every reason, so that it does not reveal who exists and who is locked.
    /// </summary>
    private static ApiResult Failed(bool mfaRequired = false) => ApiResult.Other(Problem.Of(
        StatusCodes.Status401Unauthorized,
        ProblemTypes.Unauthorized,
        "Not signed in.",
        mfaRequired
            ? "A code of the second factor is needed: the present one, each once, or a recovery code."
            : "No member has this tenant, user name and password, or too many attempts failed; wait five minutes.",
        mfaRequired ? new Dictionary<string, object?> { ["mfaRequired"] = true } : null));
}

/// <param name="Tenant">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="UserName">The member's user name; its case does not matter.</param>
/// <param name="Password">The member's password, or the one-time password.</param>
/// <param name="Totp">A code of the second factor, or a recovery code; needed if a second factor is in effect.</param>
internal sealed record SignInRequest(string? Tenant, string? UserName, string? Password, string? Totp = null);

/// <param name="AccessToken">
/// The session's token, to be sent as the bearer token; browsers get it as a cookie too.
/// </param>
/// <param name="ExpiresAt">When the session ends, in UTC.</param>
/// <param name="MemberId">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="TenantRole">The member's role in the tenant.</param>
/// <param name="MustChangePassword">Whether the password must be changed before anything else is allowed.</param>
/// <param name="MustEnrollMfa">
/// Whether a second factor, which the tenant demands, must be enrolled before anything else is allowed.
/// </param>
internal sealed record SignInResponse(
    string AccessToken,
    DateTimeOffset ExpiresAt,
    string MemberId,
    TenantRole TenantRole,
    bool MustChangePassword,
    bool MustEnrollMfa);

internal sealed class SignInRequestValidator : Validator<SignInRequest>
{
    public SignInRequestValidator()
    {
        RuleFor(static r => r.Tenant).Follows(FieldRules.Compared);
        RuleFor(static r => r.UserName).Follows(FieldRules.Compared);
        RuleFor(static r => r.Password).Follows(FieldRules.Compared);
    }
}
