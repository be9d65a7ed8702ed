using Sluice.Api.Wire;
using Sluice.Storage.Members;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary>A member of a project as the API shows it.</summary>
/// <param name="Id">The member's.</param>
/// <param name="Role">In the project.</param>
/// <param name="TenantRole">In the tenant: owners and administrators may do everything in every project.</param>
internal sealed record ProjectMemberView(
    string Id, string UserName, ProjectRole Role, TenantRole TenantRole, DateTimeOffset CreatedAt)
{
    public static ProjectMemberView Of(ProjectMember member) => new(
        Ids.Member(member.MemberId), member.UserName, member.Role, member.TenantRole, member.CreatedAt);
}
