using FastEndpoints;
using Sluice.Api.Auth;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/reset-password</c></summary>
internal sealed class ResetPassword(UnitOfWork work, MemberStore members, Passwords passwords) : ManagementEndpoint
{
    private OneTimePassword? _password;

    public override void Configure()
    {
        Post("/members/{m}/reset-password");
        Group<MembersEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Bounded();
        Describe("Give a member a one-time password, and end all their sessions and access tokens");
        Returns<ResetPasswordResponse>();
    }

    protected override async Task<Error?> PrepareAsync(EmptyRequest request, CancellationToken ct)
    {
        _password = await OneTimePassword.MakeAsync(passwords, TenantId, ct);
        return _password is null ? Passwords.TooMany : null;
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        var password = _password!;
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { RemovedAt: null } member)
            return ApiResult.NotFound("member");
        // A caller who sets a password can sign in as its member.
        if (MemberRules.ForGiving(Caller, member.Role) is { } error)
            return ApiResult.Failure(error);
        await members.ResetPasswordAsync(work, member, password.Hash, ct);
        return ApiResult.Ok(new ResetPasswordResponse(Ids.Member(member.Id), password.Text));
    }
}

/// <param name="Id">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="OneTimePassword">A one-time password, shown once; it must be changed at the next sign-in.</param>
internal sealed record ResetPasswordResponse(string Id, string OneTimePassword);
