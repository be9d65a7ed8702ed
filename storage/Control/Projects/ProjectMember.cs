using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Projects;

/// <summary>A member of one project.</summary>
public sealed record ProjectMember
{
    public required long MemberId { get; init; }

    public required string UserName { get; init; }

    /// <summary>
    /// The role in the tenant: its owner and administrators may do more here than their project role allows.
    /// </summary>
    public required TenantRole TenantRole { get; init; }

    public required ProjectRole Role { get; init; }

    /// <summary>
    /// When the membership began; in the default project, when the member joined the tenant or got a role here.
    /// </summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
