// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreatePersonalKeyResponse
{
    /// <summary>The key's id, such as <c>k0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The key's name.</summary>
    public required string Name { get; init; }

    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string MemberId { get; init; }

    /// <summary>When it expires, in UTC; null if never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The whole key, to be sent as the bearer token; shown once.</summary>
    public required string Secret { get; init; }
}
