using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>PUT /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal sealed class SetProjectMember(UnitOfWork work, ProjectMemberStore members)
    : ManagementEndpoint<SetProjectMemberRequest>
{
    public const string Administrator = "project_administrator";

    public override void Configure()
    {
        Put("/projects/{p}/members/{m}");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ManageProjectMembers);
        Transactional();
        Describe("Add a member of the tenant to a project, or change their role in it");
        Returns<ProjectMemberResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(SetProjectMemberRequest request, CancellationToken ct)
    {
        var role = request.Role == Administrator
            ? ProjectRole.ProjectAdministrator
            : ProjectRole.Member;
        return ApiResult.Of(
            await members.SetAsync(work, TenantId, new(ProjectId, MemberId), role, ct),
            static member => ApiResult.Ok(ProjectMemberResponse.Of(member)));
    }
}

/// <param name="Role">The member's role in the project.</param>
internal sealed record SetProjectMemberRequest([AllowedValues(SetProjectMember.Administrator, "member")] string? Role);

internal sealed class SetProjectMemberRequestValidator : Validator<SetProjectMemberRequest>
{
    public SetProjectMemberRequestValidator()
    {
        RuleFor(static r => r.Role).Follows(FieldRules.OneOf(SetProjectMember.Administrator, "member"));
    }
}
