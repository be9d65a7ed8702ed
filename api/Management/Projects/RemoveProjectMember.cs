using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}/members/{m}</c></summary>
internal sealed class RemoveProjectMember(UnitOfWork work, ProjectMemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/projects/{p}/members/{m}");
        Group<ProjectMembersEndpoints>();
        Requires(Permission.ManageProjectMembers);
        Transactional();
        Describe("Remove a member from a project; members can't be removed from the Default project");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await members.RemoveAsync(work, TenantId, new(ProjectId, MemberId), ct),
            static _ => ApiResult.NoContent());
}
