// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record InviteMemberRequest
{
    /// <summary>The address to invite.</summary>
    public required string Email { get; init; }

    /// <summary>The role in the tenant of members who accept it.</summary>
    public required string Role { get; init; }
}
