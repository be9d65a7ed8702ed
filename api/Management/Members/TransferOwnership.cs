using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/transfer-ownership</c></summary>
internal sealed class TransferOwnership(UnitOfWork work, MemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/members/{m}/transfer-ownership");
        Group<MembersEndpoints>();
        Requires(Permission.TransferOwnership);
        Transactional();
        Describe("Make a member the owner; the previous owner becomes an administrator");
        Returns<MemberResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { RemovedAt: null } member)
            return ApiResult.NotFound("member");
        return ApiResult.Of(
            await members.TransferOwnershipAsync(work, member, Caller.IsOperator ? null : Caller.MemberId, ct),
            static owner => ApiResult.Ok(MemberResponse.Of(owner)));
    }
}
