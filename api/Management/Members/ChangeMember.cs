using System.ComponentModel.DataAnnotations;
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
        Guarded();
        Describe("Change a member's role or email; the owner's role changes by transferring ownership");
        Returns<MemberResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeMemberRequest request, CancellationToken ct)
    {
        if (await members.LockAsync(work, TenantId, MemberId, ct) is not { RemovedAt: null } member)
            return ApiResult.NotFound("member");
        if (WhyNot(request, member) is { } error)
            return ApiResult.Failure(error);
        if (request.Email.HasValue)
            member = await members.SetEmailAsync(work, member, request.Email.Value, ct);
        if (request.Role is { } role)
            member = await members.SetRoleAsync(work, member, MemberRules.RoleOf(role), ct);
        return ApiResult.Ok(MemberResponse.Of(member));
    }

    private Error? WhyNot(ChangeMemberRequest request, Member member)
    {
        if (request.Role is { } role)
            return MemberRules.ForTaking(Caller, member) ?? MemberRules.ForGiving(Caller, MemberRules.RoleOf(role));
        if (MemberRules.ForGiving(Caller, member.Role) is { } error)
            return error;
        return member.Role == TenantRole.Owner && request.Email is { HasValue: true, Value: null }
            ? new Error.RulesBroken("email", "required", "The owner must have an email address.")
            : null;
    }

    protected override async Task<ApiResult> LockAsync(ChangeMemberRequest request, CancellationToken ct) =>
        await members.LockAsync(work, TenantId, MemberId, ct) is { RemovedAt: null } member
            ? ApiResult.Ok(MemberResponse.Of(member))
            : ApiResult.NotFound("member");
}

/// <param name="Role">The member's role in the tenant; unchanged if omitted.</param>
internal sealed record ChangeMemberRequest(
    [AllowedValues(MemberRules.Administrator, "member")] string? Role = null)
{
    /// <summary>The email address; null for none, which the owner can't have, and unchanged if omitted.</summary>
    public Optional<string> Email { get; init; }
}

internal sealed class ChangeMemberRequestValidator : Validator<ChangeMemberRequest>
{
    public ChangeMemberRequestValidator()
    {
        RuleFor(static r => r.Role).Follows(MemberRules.Role).When(static r => r.Role is not null);
        RuleFor(static r => r.Email).Follows(static email => FieldRules.Email(email.Value))
            .When(static r => r.Email.Value is not null);
    }
}
