using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>GET /api/v1/me/tokens</c></summary>
internal sealed class ListTokens(AccountStore accounts) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/me/tokens");
        Group<AccountEndpoints>();
        Requires(Permission.ReadOwnTokens);
        Describe("List the member's access tokens, oldest first");
        Returns<ListResponse<TokenResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.AccessToken).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var found = await accounts.ListTokensAsync(Caller.MemberId, page, ct);
        return ApiResult.Ok(ListResponse<TokenResponse>.Of(
            found, TokenResponse.Of, static token => Ids.AccessToken(token.Id)));
    }
}
