// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateMemberResponse
{
    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The member's user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The member's address; null without one.</summary>
    public required string? Email { get; init; }

    /// <summary>The member's role in the tenant.</summary>
    public required string Role { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A one-time password, shown once; it must be changed at the next sign-in.</summary>
    public required string OneTimePassword { get; init; }
}
