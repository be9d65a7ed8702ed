using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/members</c></summary>
internal static class ListProjectMembers
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/projects/{p}/members", HandleAsync)
        .Needs(Permission.ReadProjectMembers)
        .Describe("ListProjectMembers", "Lists who is in a project; in the Default project everybody is")
        .Lists<ProjectMemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, [AsParameters] PageQuery query, IProjectMemberStore members, CancellationToken ct)
    {
        if (query.Read(IdText.Member).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await members.ListAsync(t.Value, p.Value, page, ct),
            static found => Reply.Ok(ListOf<ProjectMemberView>.Of(
                found, ProjectMemberView.Of, static member => Ids.Member(member.MemberId))));
    }
}
