using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>DELETE /api/v1/me/tokens/{id}</c></summary>
internal sealed class DeleteToken(UnitOfWork work, AccountStore accounts) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/me/tokens/{id}");
        Group<AccountEndpoints>();
        Requires(Permission.ManageOwnTokens);
        Transactional();
        Describe("Revoke an access token; it no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await accounts.RevokeTokenAsync(work, Caller.MemberId, Ids.Read(IdText.AccessToken, RouteText("id")), ct)
            ? ApiResult.NoContent()
            : ApiResult.NotFound("access token");
}
