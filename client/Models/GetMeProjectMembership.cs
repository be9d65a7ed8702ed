// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetMeProjectMembership
{
    /// <summary>The project's id, such as <c>p0000000001a</c>.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The member's role in the project.</summary>
    public required string Role { get; init; }
}
