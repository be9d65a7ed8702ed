using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>GET /api/v1/me/tokens</c></summary>
internal static class ListTokens
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/me/tokens", HandleAsync)
        .Needs(Permission.ReadOwnTokens)
        .Describe("ListTokens", "Lists the member's access tokens, oldest first")
        .Lists<TokenView>();

    private static async Task<Reply> HandleAsync(
        Caller caller, [AsParameters] PageQuery query, IAccountStore accounts, CancellationToken ct)
    {
        if (query.Read(IdText.AccessToken).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        var found = await accounts.ListTokensAsync(caller.MemberId, page, ct);
        return Reply.Ok(ListOf<TokenView>.Of(found, TokenView.Of, static token => Ids.AccessToken(token.Id)));
    }
}
