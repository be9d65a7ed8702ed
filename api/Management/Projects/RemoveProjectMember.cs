using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal static class RemoveProjectMember
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/projects/{p}/members/{m}", HandleAsync)
        .Needs(Permission.ManageProjectMembers)
        .AsAction()
        .Describe("RemoveProjectMember", "Takes a member out of a project; nobody leaves the Default project")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        MemberId m,
        ControlTransaction tx,
        IProjectMemberStore members,
        CancellationToken ct) =>
        Reply.Of(
            await members.RemoveAsync(tx, t.Value, new(p.Value, m.Value), ct),
            static _ => Reply.NoContent());
}
