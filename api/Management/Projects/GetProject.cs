using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}</c></summary>
internal static class GetProject
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/projects/{p}", HandleAsync)
        .Needs(Permission.ReadProjects)
        .Describe("GetProject", "Shows a project")
        .Produces<ProjectView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, IProjectStore projects, CancellationToken ct) =>
        await projects.FindAsync(t.Value, p.Value, ct) is { } project
            ? Reply.Ok(ProjectView.Of(project))
            : Reply.NotFound("project");
}
