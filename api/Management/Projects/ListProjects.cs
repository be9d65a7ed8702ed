using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects</c></summary>
internal static class ListProjects
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/projects", HandleAsync)
        .Needs(Permission.ReadProjects)
        .Describe("ListProjects", "Lists the projects of a tenant that the caller may see, oldest first")
        .Lists<ProjectView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, Caller caller, [AsParameters] PageQuery query, IProjectStore projects, CancellationToken ct)
    {
        if (query.Read(IdText.Project).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await projects.ListAsync(t.Value, page, caller.SeesAll ? null : caller.Projects.Keys, ct),
            static found => Reply.Ok(ListOf<ProjectView>.Of(
                found, ProjectView.Of, static project => Ids.Project(project.Id))));
    }
}
