using Sluice.Api.Management.Members;
using Sluice.Storage.Control.Keys;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/members/{m}/personal-key</c></summary>
internal sealed class DeleteMembersKey(UnitOfWork work, MemberStore members, HeldKeys keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/members/{m}/personal-key");
        Group<KeysEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Describe("Delete a member's personal key; it no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { } member)
            return ApiResult.NotFound("member");
        // As with everything else that is done to a member: whose key may be deleted depends on their role.
        if (member.Id != Caller.MemberId && MemberRules.ForGiving(Caller, member.Role) is { } error)
            return ApiResult.Failure(error);
        return await keys.DeleteAsync(HeldKey.Personal(TenantId, MemberId), ct);
    }
}
