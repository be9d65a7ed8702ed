using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/disable</c></summary>
internal static class DisableMfa
{
    /// <param name="Totp">A code of the second factor, or a recovery code.</param>
    internal sealed record Request(string? Totp);

    internal sealed record Response(bool MfaEnabled);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/me/mfa/disable", HandleAsync)
        .Needs(Permission.OwnSecondFactor)
        .RequireRateLimiting(SignInLimiter.Policy)
        .AsAction()
        .Describe("DisableMfa", "Removes the second factor; takes a code of it, and a tenant that does not demand it")
        .Produces<Response>()
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Reply> HandleAsync(
        Caller caller,
        Request request,
        ControlTransaction tx,
        IAccountStore accounts,
        SecondFactor secondFactor,
        CancellationToken ct)
    {
        if (await accounts.FindAsync(caller.MemberId, ct) is not { } account)
            return Reply.NotFound("member");
        if (account.RequiresSecondFactor)
            return Reply.Refused(new Refusal.Conflict("The tenant demands a second factor of everybody."));
        if (account.TotpConfirmedAt is not null)
        {
            var proof = account.LockedUntil > tx.Now
                ? SecondFactorProof.Wrong
                : await secondFactor.ProveAsync(tx, account, request.Totp ?? "", ct);
            if (!proof.IsRight)
            {
                await accounts.NoteFailureAsync(caller.MemberId, ct);
                return Reply.Refused(new Refusal.RulesBroken("totp", "wrong", "Is no present code."));
            }
        }

        await accounts.DisableTotpAsync(tx, caller.MemberId, ct);
        return Reply.Ok(new Response(false));
    }
}
