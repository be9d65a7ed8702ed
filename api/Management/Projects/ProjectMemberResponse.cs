using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary>A member of a project as the API shows it.</summary>
/// <param name="Id">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="UserName">The member's user name.</param>
/// <param name="Role">The member's role in the project.</param>
/// <param name="TenantRole">
/// The member's role in the tenant; owners and administrators may do everything in every project.
/// </param>
/// <param name="CreatedAt">
/// When the membership began, in UTC; in the Default project, when the member joined the tenant or was given a role in
/// the project.
/// </param>
internal sealed record ProjectMemberResponse(
    string Id, string UserName, ProjectRole Role, TenantRole TenantRole, DateTimeOffset CreatedAt)
{
    public static ProjectMemberResponse Of(ProjectMember member) => new(
        Ids.Member(member.MemberId), member.UserName, member.Role, member.TenantRole, member.CreatedAt);
}
