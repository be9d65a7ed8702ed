using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/members</c></summary>
internal sealed class ListProjectMembers(ProjectMemberStore members) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/projects/{p}/members");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ReadProjectMembers);
        Describe("List the members of a project; every member of the tenant is in the Default project");
        Returns<ListResponse<ProjectMemberResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Member).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await members.ListAsync(TenantId, ProjectId, page, ct),
            static found => ApiResult.Ok(ListResponse<ProjectMemberResponse>.Of(
                found, ProjectMemberResponse.Of, static member => Ids.Member(member.MemberId))));
    }
}
