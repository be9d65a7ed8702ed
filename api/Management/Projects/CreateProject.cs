using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>POST /api/v1/tenants/{t}/projects</c></summary>
internal static class CreateProject
{
    internal sealed record Request(string? Name);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/projects", HandleAsync)
        .Needs(Permission.ManageProjects)
        .AsAction()
        .Describe("CreateProject", "Creates a project")
        .Produces<ProjectView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t, Request request, ControlTransaction tx, IProjectStore projects, CancellationToken ct)
    {
        var rules = new RuleCheck();
        var name = rules.Text("name", request.Name);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await projects.CreateAsync(tx, t.Value, name, ct),
            static project => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(project.TenantId)}/projects/{Ids.Project(project.Id)}",
                ProjectView.Of(project)));
    }
}
