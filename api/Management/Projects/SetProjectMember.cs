using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>PUT /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal static class SetProjectMember
{
    private static readonly string[] Roles = ["project_administrator", "member"];

    internal sealed record Request(string? Role);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/projects/{p}/members/{m}", HandleAsync)
        .Needs(Permission.ManageProjectMembers)
        .AsAction()
        .Describe("SetProjectMember", "Takes a member of the tenant into a project, or changes the role in it")
        .Produces<ProjectMemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        MemberId m,
        Request request,
        ControlTransaction tx,
        IProjectMemberStore members,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var role = rules.OneOf("role", request.Role, Roles) == Roles[0]
            ? ProjectRole.ProjectAdministrator
            : ProjectRole.Member;
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await members.SetAsync(tx, t.Value, new(p.Value, m.Value), role, ct),
            static member => Reply.Ok(ProjectMemberView.Of(member)));
    }
}
