using FastEndpoints;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>DELETE /api/v1/tenants/{t}/members/{m}</c></summary>
internal sealed class RemoveMember(UnitOfWork work, MemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/members/{m}");
        Group<MembersEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Guarded();
        Describe("Remove a member; personal key, seat key and sessions no longer work when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { } member)
            return ApiResult.NotFound("member");
        // Members may leave without anyone's permission.
        var leaves = member.Id == Caller.MemberId && member.Role != TenantRole.Owner;
        if (!leaves && MemberRules.ForTaking(Caller, member) is { } error)
            return ApiResult.Failure(error);
        var keys = await members.RemoveAsync(work, member, ct);
        return ApiResult.NoContent([.. keys.Select(ControlChange.Key)]);
    }

    protected override async Task<ApiResult> LockAsync(EmptyRequest request, CancellationToken ct) =>
        await members.LockAsync(work, TenantId, MemberId, ct) is { RemovedAt: null } member
            ? ApiResult.Ok(MemberResponse.Of(member))
            : ApiResult.NotFound("member");
}
