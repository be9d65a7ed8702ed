using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}</c></summary>
internal sealed class GetProject(IProjectStore projects) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/projects/{p}");
        Group<ProjectsEndpoints>();
        Requires(Permission.ReadProjects);
        Describe("Get a project");
        Returns<ProjectView>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await projects.FindAsync(TenantId, ProjectId, ct) is { } project
            ? ApiResult.Ok(ProjectView.Of(project))
            : ApiResult.NotFound("project");
}
