// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record BatchAnswer
{
    /// <summary>A result for each event, in their order.</summary>
    public required IReadOnlyList<BatchResult> Results { get; init; }
}
