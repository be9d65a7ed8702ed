using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}</c></summary>
internal sealed class GetProject(ProjectStore projects) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/projects/{p}");
        Group<ProjectsEndpoints>();
        Requires(Permission.ReadProjects);
        Describe("Get a project");
        Tagged();
        Returns<ProjectResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await projects.FindAsync(TenantId, ProjectId, ct) is { } project
            ? ApiResult.Ok(ProjectResponse.Of(project))
            : ApiResult.NotFound("project");
}
