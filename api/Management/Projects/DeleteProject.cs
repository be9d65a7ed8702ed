using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}</c></summary>
internal static class DeleteProject
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/projects/{p}", HandleAsync)
        .Needs(Permission.ManageProjects)
        .AsAction()
        .Describe("DeleteProject", "Deletes a project; all its keys are dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, ControlTransaction tx, IProjectStore projects, CancellationToken ct) =>
        Reply.Of(
            await projects.DeleteAsync(tx, t.Value, p.Value, ct),
            static project => Reply.NoContent(ControlChange.ProjectDeleted(project.TenantId, project.Id)));
}
