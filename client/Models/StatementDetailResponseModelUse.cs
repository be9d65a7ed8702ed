// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record StatementDetailResponseModelUse
{
    /// <summary>The model's name; null for usage that named none.</summary>
    public required string? Model { get; init; }

    /// <summary>Its usage, by metric.</summary>
    public required IReadOnlyList<StatementResponseTotal> Totals { get; init; }
}
