using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>DELETE /api/v1/session</c></summary>
internal sealed class SignOut(UnitOfWork work, AccountStore accounts) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/session");
        Group<AccountEndpoints>();
        Requires(Permission.SignOut);
        Transactional();
        Describe("End the session; its token and cookie no longer work when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        await accounts.EndSessionAsync(work, Caller.MemberId, Caller.SessionId, ct);
        SessionCookie.Remove(HttpContext);
        return ApiResult.NoContent();
    }
}
