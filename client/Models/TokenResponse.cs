// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>An access token as its member sees it.</summary>
public sealed record TokenResponse
{
    /// <summary>The token's id, such as <c>a0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The token's name.</summary>
    public required string Name { get; init; }

    /// <summary>The token's scopes; it never has a permission that its member lacks.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires, in UTC; null if never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, in UTC; null if never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}
