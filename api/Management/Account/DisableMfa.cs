using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/disable</c></summary>
internal sealed class DisableMfa(
    UnitOfWork work, AccountStore accounts, AccountTurns turns, SecondFactor secondFactor)
    : ManagementEndpoint<DisableMfaRequest>
{
    private Storage.Control.Accounts.Account? _account;
    private bool _mayTry;

    public override void Configure()
    {
        Post("/me/mfa/disable");
        Group<AccountEndpoints>();
        Requires(Permission.OwnSecondFactor);
        Options(static route => route.RequireRateLimiting(SignInLimiter.Policy));
        Transactional();
        Describe("Remove the second factor, with a code of it; not possible if the tenant demands one");
        Returns<DisableMfaResponse>();
        Description(static route => route
            .ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    public override async Task<ApiResult> ExecuteAsync(DisableMfaRequest request, CancellationToken ct)
    {
        if (_account is { TotpConfirmedAt: not null } account)
        {
            var proof = _mayTry
                ? await secondFactor.ProveAsync(work, account, request.Totp ?? "", ct)
                : SecondFactorProof.Wrong;
            if (!proof.IsRight)
                return ApiResult.Failure(new Error.RulesBroken("totp", "wrong", "Is no present code."));
            await accounts.ForgiveAttemptsAsync(work, Caller.MemberId, ct);
        }

        await accounts.DisableTotpAsync(work, Caller.MemberId, ct);
        return ApiResult.Ok(new DisableMfaResponse(false));
    }

    protected override async Task<Error?> PrepareAsync(DisableMfaRequest request, CancellationToken ct)
    {
        if (await turns.TakeAsync(Caller.MemberId, ct) is not { } turn)
            return Passwords.TooMany;
        HttpContext.Response.RegisterForDispose(turn);
        _account = await accounts.FindAsync(Caller.MemberId, ct);
        if (_account is null)
            return new Error.NotFound("member");
        if (_account.RequiresSecondFactor)
            return new Error.Conflict("The tenant demands a second factor of everybody.");
        _mayTry = _account.TotpConfirmedAt is not null && await accounts.TakeAttemptAsync(Caller.MemberId, ct);
        return null;
    }
}

/// <param name="Totp">A code of the second factor, or a recovery code; needed if a second factor is in effect.</param>
internal sealed record DisableMfaRequest(string? Totp = null);

/// <param name="MfaEnabled">Whether a second factor is in effect: now false.</param>
internal sealed record DisableMfaResponse(bool MfaEnabled);
