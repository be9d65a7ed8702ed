using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/members</c></summary>
internal sealed class ListProjectMembers(IProjectMemberStore members) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/projects/{p}/members");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ReadProjectMembers);
        Describe("List who is in a project; in the Default project everybody is");
        Returns<ListOf<ProjectMemberView>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Member).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await members.ListAsync(TenantId, ProjectId, page, ct),
            static found => ApiResult.Ok(ListOf<ProjectMemberView>.Of(
                found, ProjectMemberView.Of, static member => Ids.Member(member.MemberId))));
    }
}
