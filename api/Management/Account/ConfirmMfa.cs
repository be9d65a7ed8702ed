using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/confirm</c></summary>
internal static class ConfirmMfa
{
    /// <param name="Totp">The code that the app shows.</param>
    internal sealed record Request(string? Totp);

    /// <param name="RecoveryCodes">Each signs in once without the app; shown this once.</param>
    internal sealed record Response(IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/me/mfa/confirm", HandleAsync)
        .Needs(Permission.OwnSecondFactor)
        .RequireRateLimiting(SignInLimiter.Policy)
        .AsAction()
        .Describe("ConfirmMfa", "Puts the second factor into use and hands out recovery codes")
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
        if (await accounts.FindAsync(caller.MemberId, ct) is not { TotpSecret: not null } account)
            return Reply.Refused(new Refusal.Conflict("No second factor was begun: POST /api/v1/me/mfa/enroll first."));
        if (account.TotpConfirmedAt is not null)
            return Reply.Refused(new Refusal.Conflict("The second factor is in use already."));
        var codes = RecoveryCodes.Make();
        var step = secondFactor.StepOf(account, request.Totp, tx.Now);
        if (step is null
            || !await accounts.ConfirmTotpAsync(
                tx, caller.MemberId, step.Value, [.. codes.Select(RecoveryCodes.HashOf)], ct))
        {
            return Reply.Refused(new Refusal.RulesBroken("totp", "wrong", "Is not the present code."));
        }

        return Reply.Ok(new Response(codes));
    }
}
