using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>DELETE /api/v1/session</c></summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/session", HandleAsync)
        .Needs(Permission.SignOut)
        .AsAction()
        .Describe("SignOut", "Ends the session; its token and cookie are dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        Caller caller, HttpContext http, ControlTransaction tx, IAccountStore accounts, CancellationToken ct)
    {
        await accounts.EndSessionAsync(tx, caller.MemberId, caller.SessionId, ct);
        SessionCookie.Remove(http);
        return Reply.NoContent();
    }
}
