using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects</c></summary>
internal sealed class ListProjects(ProjectStore projects) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/projects");
        Group<ProjectsEndpoints>();
        Requires(Permission.ReadProjects);
        Describe("List the projects of a tenant that the caller may see, oldest first");
        Returns<ListResponse<ProjectResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Project).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await projects.ListAsync(TenantId, page, Caller.SeesAll ? null : Caller.Projects.Keys, ct),
            static found => ApiResult.Ok(ListResponse<ProjectResponse>.Of(
                found, ProjectResponse.Of, static project => Ids.Project(project.Id))));
    }
}
