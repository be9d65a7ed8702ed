// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A key with its new secret.</summary>
public sealed record RegeneratedKeyResponse
{
    /// <summary>The key's id, such as <c>k0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The key's name.</summary>
    public required string Name { get; init; }

    /// <summary>When the old secret stops working, in UTC; null if it no longer works.</summary>
    public required DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>The whole key, to be sent as the bearer token; shown once.</summary>
    public required string Secret { get; init; }
}
