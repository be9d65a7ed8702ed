using Microsoft.AspNetCore.Identity;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/password</c></summary>
internal static class ChangePassword
{
    internal sealed record Request(string? Current, string? New);

    internal sealed record Response(bool MustChangePassword);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/me/password", HandleAsync)
        .Needs(Permission.OwnPassword)
        .RequireRateLimiting(SignInLimiter.Policy)
        .AsAction()
        .Describe("ChangePassword", "Sets a new password and ends all other sessions of the member")
        .Produces<Response>()
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Reply> HandleAsync(
        Caller caller,
        Request request,
        ControlTransaction tx,
        IAccountStore accounts,
        Passwords passwords,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Given("current", request.Current);
        Passwords.Check(rules, "new", request.New, caller.UserName);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var account = await accounts.FindAsync(caller.MemberId, ct);
        var locked = account?.LockedUntil > tx.Now;
        var verified = await passwords.VerifyAsync(account?.PasswordHash, request.Current, ct);
        if (verified == PasswordVerificationResult.Failed || locked)
        {
            if (!locked)
                await accounts.NoteFailureAsync(caller.MemberId, ct);
            rules.Break("current", "wrong", "Is not the present password.");
        }
        else if (request.New == request.Current)
        {
            rules.Break("new", "unchanged", "Must differ from the present password.");
        }

        if (rules.Refusal is { } wrong)
            return Reply.Refused(wrong);
        var hash = await passwords.HashAsync(request.New!, ct);
        await accounts.ChangePasswordAsync(tx, caller.MemberId, hash, caller.SessionId, ct);
        return Reply.Ok(new Response(false));
    }
}
