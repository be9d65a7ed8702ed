// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record SetProjectMemberRequest
{
    /// <summary>The member's role in the project.</summary>
    public required string Role { get; init; }
}
