using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>DELETE /api/v1/me/tokens/{id}</c></summary>
internal static class DeleteToken
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/me/tokens/{id}", HandleAsync)
        .Needs(Permission.ManageOwnTokens)
        .AsAction()
        .Describe("DeleteToken", "Revokes an access token; it is dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        string id, Caller caller, ControlTransaction tx, IAccountStore accounts, CancellationToken ct) =>
        await accounts.RevokeTokenAsync(tx, caller.MemberId, Ids.Read(IdText.AccessToken, id), ct)
            ? Reply.NoContent()
            : Reply.NotFound("access token");
}
