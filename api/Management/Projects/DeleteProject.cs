using FastEndpoints;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}</c></summary>
internal sealed class DeleteProject(UnitOfWork work, ProjectStore projects) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/projects/{p}");
        Group<ProjectsEndpoints>();
        Requires(Permission.ManageProjects);
        Transactional();
        Guarded();
        Describe("Delete a project; its keys no longer work when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await projects.DeleteAsync(work, TenantId, ProjectId, ct),
            static project => ApiResult.NoContent(ControlChange.ProjectDeleted(project.TenantId, project.Id)));

    protected override async Task<ApiResult> LockAsync(EmptyRequest request, CancellationToken ct) =>
        await projects.LockAsync(work, TenantId, ProjectId, ct) is { } project
            ? ApiResult.Ok(ProjectResponse.Of(project))
            : ApiResult.NotFound("project");
}
