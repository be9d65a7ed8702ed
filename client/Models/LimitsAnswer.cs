// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record LimitsAnswer
{
    /// <summary>The key's id, such as <c>k0000000001a</c>.</summary>
    public required string KeyId { get; init; }

    /// <summary>The worst state of all limits.</summary>
    public required string State { get; init; }

    /// <summary>The scopes in which the key counts.</summary>
    public required IReadOnlyList<ScopeLimits> Scopes { get; init; }

    /// <summary>All limits of these scopes, warnings included, tightest first.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }
}
