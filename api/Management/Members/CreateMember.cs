using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Api.Auth;
using Sluice.Api.Management.Tenants;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members</c></summary>
internal sealed class CreateMember(UnitOfWork work, MemberStore members, Passwords passwords)
    : ManagementEndpoint<CreateMemberRequest>
{
    private OneTimePassword? _password;

    public override void Configure()
    {
        Post("/members");
        Group<MembersEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Bounded();
        Describe("Add a member with a one-time password, which is shown once");
        Returns<CreateMemberResponse>(StatusCodes.Status201Created);
    }

    protected override async Task<Error?> PrepareAsync(CreateMemberRequest request, CancellationToken ct)
    {
        if (MemberRules.ForGiving(Caller, MemberRules.RoleOf(request.Role)) is { } error)
            return error;
        _password = await OneTimePassword.MakeAsync(passwords, TenantId, ct);
        return _password is null ? Passwords.TooMany : null;
    }

    public override async Task<ApiResult> ExecuteAsync(CreateMemberRequest request, CancellationToken ct)
    {
        var role = MemberRules.RoleOf(request.Role);
        var password = _password!;
        var member = new NewMember(
            IdText.NewValue(), request.UserName!, request.Email, role, password.Hash, MustChangePassword: true);
        return ApiResult.Of(
            await members.CreateAsync(work, TenantId, member, ct),
            created => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/members/{Ids.Member(created.Id)}",
                new CreateMemberResponse(
                    Ids.Member(created.Id),
                    created.UserName,
                    created.Email,
                    created.Role,
                    created.CreatedAt,
                    password.Text)));
    }
}

/// <param name="UserName">
/// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
/// tenant, ignoring case.
/// </param>
/// <param name="Role">The member's role in the tenant.</param>
/// <param name="Email">The member's address, for mail about limits; none if omitted.</param>
internal sealed record CreateMemberRequest(
    string? UserName,
    [AllowedValues(MemberRules.Administrator, "member")] string? Role,
    string? Email = null);

/// <param name="Id">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="UserName">The member's user name.</param>
/// <param name="Email">The member's address; null without one.</param>
/// <param name="Role">The member's role in the tenant.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="OneTimePassword">A one-time password, shown once; it must be changed at the next sign-in.</param>
internal sealed record CreateMemberResponse(
    string Id, string UserName, string? Email, TenantRole Role, DateTimeOffset CreatedAt, string OneTimePassword);

internal sealed class CreateMemberRequestValidator : Validator<CreateMemberRequest>
{
    public CreateMemberRequestValidator()
    {
        RuleFor(static r => r.UserName).Follows(FieldRules.UserName);
        RuleFor(static r => r.Email).Follows(FieldRules.Email).When(static r => r.Email is not null);
        RuleFor(static r => r.Role).Follows(MemberRules.Role);
    }
}
