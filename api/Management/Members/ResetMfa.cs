using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/reset-mfa</c></summary>
internal sealed class ResetMfa(UnitOfWork work, MemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/members/{m}/reset-mfa");
        Group<MembersEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Describe("Remove a member's lost second factor and recovery codes, and end their sessions");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { RemovedAt: null } member)
            return ApiResult.NotFound("member");
        // Otherwise an unattended open session would be enough to remove it.
        if (member.Id == Caller.MemberId)
        {
            return ApiResult.Failure(new Error.Forbidden(
                "One's own second factor takes a code of it: POST /api/v1/me/mfa/disable."));
        }

        if (MemberRules.ForGiving(Caller, member.Role) is { } error)
            return ApiResult.Failure(error);
        await members.ResetSecondFactorAsync(work, member, ct);
        return ApiResult.NoContent();
    }
}
