using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>GET /api/v1/me/tokens</c></summary>
internal sealed class ListTokens(IAccountStore accounts) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/me/tokens");
        Group<AccountEndpoints>();
        Requires(Permission.ReadOwnTokens);
        Describe("List the member's access tokens, oldest first");
        Returns<ListOf<TokenView>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.AccessToken).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var found = await accounts.ListTokensAsync(Caller.MemberId, page, ct);
        return ApiResult.Ok(ListOf<TokenView>.Of(found, TokenView.Of, static token => Ids.AccessToken(token.Id)));
    }
}
