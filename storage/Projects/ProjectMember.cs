using Sluice.Storage.Members;

namespace Sluice.Storage.Projects;

/// <summary>A member in one project.</summary>
public sealed record ProjectMember
{
    public required long MemberId { get; init; }

    public required string UserName { get; init; }

    /// <summary>
    /// In the tenant: its owner and administrators may do more here than their role in the project says.
    /// </summary>
    public required TenantRole TenantRole { get; init; }

    public required ProjectRole Role { get; init; }

    /// <summary>
    /// Since when; in the default project, since the member is in the tenant or was given a role here.
    /// </summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
