using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>PATCH /api/v1/tenants/{t}/projects/{p}</c></summary>
internal sealed class ChangeProject(UnitOfWork work, ProjectStore projects) : ManagementEndpoint<ChangeProjectRequest>
{
    public override void Configure()
    {
        Patch("/projects/{p}");
        Group<ProjectsEndpoints>();
        Requires(Permission.RenameProjects);
        Transactional();
        Guarded();
        Describe("Rename a project");
        Returns<ProjectResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeProjectRequest request, CancellationToken ct)
    {
        return ApiResult.Of(
            await projects.RenameAsync(work, TenantId, ProjectId, request.Name!, ct),
            static project => ApiResult.Ok(ProjectResponse.Of(project)));
    }

    protected override async Task<ApiResult> LockAsync(ChangeProjectRequest request, CancellationToken ct) =>
        await projects.LockAsync(work, TenantId, ProjectId, ct) is { } project
            ? ApiResult.Ok(ProjectResponse.Of(project))
            : ApiResult.NotFound("project");
}

/// <param name="Name">The project's name, 1 to 100 characters; unique in the tenant, ignoring case.</param>
internal sealed record ChangeProjectRequest(string? Name);

internal sealed class ChangeProjectRequestValidator : Validator<ChangeProjectRequest>
{
    public ChangeProjectRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text);
    }
}
