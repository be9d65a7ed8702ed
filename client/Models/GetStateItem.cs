// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetStateItem
{
    /// <summary>The kind of scope.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of the scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The name of the scope; for a seat, its holder's user name or null.</summary>
    public required string? Name { get; init; }

    /// <summary>The live counters of the scope, by metric and period.</summary>
    public required IReadOnlyList<GetStateCounter> Metrics { get; init; }
}
