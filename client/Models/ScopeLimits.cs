// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ScopeLimits
{
    /// <summary>The kind of scope.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of the scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The worst state of the scope's limits.</summary>
    public required string State { get; init; }

    /// <summary>The scope's limits, warnings included.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }
}
