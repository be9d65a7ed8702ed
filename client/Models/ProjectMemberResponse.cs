// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A member of a project as the API shows it.</summary>
public sealed record ProjectMemberResponse
{
    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The member's user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The member's role in the project.</summary>
    public required string Role { get; init; }

    /// <summary>
    /// The member's role in the tenant; owners and administrators may do everything in every project.
    /// </summary>
    public required string TenantRole { get; init; }

    /// <summary>
    /// When the membership began, in UTC; in the Default project, when the member joined the tenant or was given a role
    /// in the project.
    /// </summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
