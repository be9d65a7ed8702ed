using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>PATCH /api/v1/tenants/{t}/members/{m}</c></summary>
internal sealed class ChangeMember(UnitOfWork work, MemberStore members) : ManagementEndpoint<ChangeMemberRequest>
{
    public override void Configure()
    {
        Patch("/members/{m}");
        Group<MembersEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Describe("Change a member's role in the tenant; the owner's changes by transferring ownership");
        Returns<MemberResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeMemberRequest request, CancellationToken ct)
    {
        var role = MemberRules.RoleOf(request.Role);
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { RemovedAt: null } member)
            return ApiResult.NotFound("member");
        if ((MemberRules.ForTaking(Caller, member) ?? MemberRules.ForGiving(Caller, role)) is { } error)
            return ApiResult.Failure(error);
        return ApiResult.Ok(MemberResponse.Of(await members.SetRoleAsync(work, member, role, ct)));
    }
}

internal sealed record ChangeMemberRequest(string? Role);

internal sealed class ChangeMemberRequestValidator : Validator<ChangeMemberRequest>
{
    public ChangeMemberRequestValidator()
    {
        RuleFor(static r => r.Role).Follows(MemberRules.Role);
    }
}
