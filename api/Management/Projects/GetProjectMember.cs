using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal sealed class GetProjectMember(ProjectMemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/projects/{p}/members/{m}");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ReadProjectMembers);
        Describe("Get a member of a project");
        Returns<ProjectMemberResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) => ApiResult.Of(
        await members.FindAsync(TenantId, new(ProjectId, MemberId), ct),
        static member => ApiResult.Ok(ProjectMemberResponse.Of(member)));
}
