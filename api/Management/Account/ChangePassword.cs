using Microsoft.AspNetCore.Identity;
using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/password</c></summary>
internal sealed class ChangePassword(
    UnitOfWork work, AccountStore accounts, AccountTurns turns, Passwords passwords)
    : ManagementEndpoint<ChangePasswordRequest>
{
    private string? _hash;

    public override void Configure()
    {
        Post("/me/password");
        Group<AccountEndpoints>();
        Requires(Permission.OwnPassword);
        Options(static route => route.RequireRateLimiting(SignInLimiter.Policy));
        Transactional();
        Describe("Set a new password and end all other sessions of the member");
        Returns<ChangePasswordResponse>();
        Description(static route => route
            .ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    public override async Task<ApiResult> ExecuteAsync(ChangePasswordRequest request, CancellationToken ct)
    {
        await accounts.ChangePasswordAsync(work, Caller.MemberId, _hash!, Caller.SessionId, ct);
        return ApiResult.Ok(new ChangePasswordResponse(false));
    }

    protected override async Task<Error?> PrepareAsync(ChangePasswordRequest request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        rules.Check("current", request.Current, FieldRules.Compared);
        rules.Check("new", request.New, password => Passwords.Check(password, Caller.UserName));
        if (rules.Error is { } error)
            return error;

        // Until the change is made: of two with the same present password, the second one finds it changed.
        if (await turns.TakeAsync(Caller.MemberId, ct) is not { } turn)
            return Passwords.TooMany;
        HttpContext.Response.RegisterForDispose(turn);
        var account = await accounts.FindAsync(Caller.MemberId, ct);
        var mayTry = await accounts.TakeAttemptAsync(Caller.MemberId, ct);
        var sender = HttpContext.Connection.RemoteIpAddress;
        if (await passwords.VerifyAsync(account?.PasswordHash, request.Current, sender, ct) is not { } verified)
        {
            if (mayTry)
                await accounts.ReturnAttemptAsync(Caller.MemberId, ct);
            return Passwords.TooMany;
        }

        if (verified == PasswordVerificationResult.Failed || !mayTry)
        {
            rules.Add("current", "wrong", "Is not the present password.");
        }
        else if (request.New == request.Current)
        {
            rules.Add("new", "unchanged", "Must differ from the present password.");
        }

        if (rules.Error is { } wrong)
            return wrong;
        _hash = await passwords.HashAsync(request.New!, Caller.TenantId, ct);
        return _hash is null ? Passwords.TooMany : null;
    }
}

/// <param name="Current">The member's present password, or the one-time password.</param>
/// <param name="New">
/// The new password, 10 to 128 characters, at least 5 of them different, without a user name of more than 3 characters;
/// it must differ from the present one.
/// </param>
internal sealed record ChangePasswordRequest(string? Current, string? New);

/// <param name="MustChangePassword">
/// Whether the password must be changed before anything else is allowed: now false.
/// </param>
internal sealed record ChangePasswordResponse(bool MustChangePassword);
