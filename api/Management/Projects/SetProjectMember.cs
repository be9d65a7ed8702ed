using FastEndpoints;
using FluentValidation;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>PUT /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal sealed class SetProjectMember(UnitOfWork work, IProjectMemberStore members)
    : ManagementEndpoint<SetProjectMemberRequest>
{
    public const string Administrator = "project_administrator";

    public override void Configure()
    {
        Put("/projects/{p}/members/{m}");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ManageProjectMembers);
        Transactional();
        Describe("Take a member of the tenant into a project, or changes the role in it");
        Returns<ProjectMemberView>();
    }

    public override async Task<ApiResult> ExecuteAsync(SetProjectMemberRequest request, CancellationToken ct)
    {
        var role = request.Role == Administrator
            ? ProjectRole.ProjectAdministrator
            : ProjectRole.Member;
        return ApiResult.Of(
            await members.SetAsync(work, TenantId, new(ProjectId, MemberId), role, ct),
            static member => ApiResult.Ok(ProjectMemberView.Of(member)));
    }
}

internal sealed record SetProjectMemberRequest(string? Role);

internal sealed class SetProjectMemberRequestValidator : Validator<SetProjectMemberRequest>
{
    public SetProjectMemberRequestValidator()
    {
        RuleFor(static r => r.Role).Follows(FieldRules.OneOf(SetProjectMember.Administrator, "member"));
    }
}
