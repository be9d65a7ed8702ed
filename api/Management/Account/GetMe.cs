using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Account;

/// <summary><c>GET /api/v1/me</c></summary>
internal sealed class GetMe(AccountStore accounts, ProjectStore projects, OwnSeat seat) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/me");
        Group<AccountEndpoints>();
        Requires(Permission.OwnAccount);
        Describe("Get the signed-in member with their roles and seat");
        Returns<GetMeResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await accounts.FindAsync(Caller.MemberId, ct) is not { } account)
            return ApiResult.NotFound("member");
        var seen = Caller.SeesAll
            ? (await projects.ListIdsAsync(Caller.TenantId, ct))
                .Select(static id => KeyValuePair.Create(id, ProjectRole.ProjectAdministrator))
            : Caller.Projects;
        return ApiResult.Ok(new GetMeResponse(
            Ids.Member(Caller.MemberId),
            Ids.Tenant(Caller.TenantId),
            Caller.UserName,
            Caller.Role,
            account.TotpConfirmedAt is not null,
            Caller.MustChangePassword,
            await seat.FindAsync(Caller.TenantId, Caller.MemberId, ct),
            [.. seen.Select(static p => new GetMeProjectMembership(Ids.Project(p.Key), p.Value))
                .OrderBy(static p => p.ProjectId, StringComparer.Ordinal)]));
    }
}

/// <param name="MemberId">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="UserName">The member's user name.</param>
/// <param name="TenantRole">The member's role in the tenant.</param>
/// <param name="MfaEnabled">Whether a second factor is in effect.</param>
/// <param name="MustChangePassword">Whether the password must be changed before anything else is allowed.</param>
/// <param name="Seat">The seat that the member holds; null without one, or if its plan has ended.</param>
/// <param name="Projects">
/// The projects that the member sees: those it belongs to, or all for owners and administrators, who have the rights of
/// a project administrator in each.
/// </param>
internal sealed record GetMeResponse(
    string MemberId,
    string TenantId,
    string UserName,
    TenantRole TenantRole,
    bool MfaEnabled,
    bool MustChangePassword,
    OwnSeatResponse? Seat,
    IReadOnlyList<GetMeProjectMembership> Projects);

/// <param name="ProjectId">The project's id, such as <c>p0000000001a</c>.</param>
/// <param name="Role">The member's role in the project.</param>
internal sealed record GetMeProjectMembership(string ProjectId, ProjectRole Role);
