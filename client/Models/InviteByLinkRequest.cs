// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record InviteByLinkRequest
{
    /// <summary>The role in the tenant of members who accept it.</summary>
    public required string Role { get; init; }

    /// <summary>How many people can join with it, 1 to 10,000.</summary>
    public required int MaxUses { get; init; }

    /// <summary>
    /// The first instant at which it can no longer be accepted, in the future and at most 30 days ahead.
    /// </summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
