using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>PATCH /api/v1/tenants/{t}/projects/{p}</c></summary>
internal static class ChangeProject
{
    internal sealed record Request(string? Name);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}/projects/{p}", HandleAsync)
        .Needs(Permission.ManageProjects)
        .AsAction()
        .Describe("ChangeProject", "Renames a project")
        .Produces<ProjectView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, Request request, ControlTransaction tx, IProjectStore projects, CancellationToken ct)
    {
        var rules = new RuleCheck();
        var name = rules.Text("name", request.Name);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await projects.RenameAsync(tx, t.Value, p.Value, name, ct),
            static project => Reply.Ok(ProjectView.Of(project)));
    }
}
