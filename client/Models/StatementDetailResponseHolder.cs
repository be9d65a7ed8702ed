// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record StatementDetailResponseHolder
{
    /// <summary>The id of the project, of the member who holds the personal key, or of the seat.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The project's name, or the user name of the member who holds the personal key or the seat; in a closed month,
    /// that of the day on which it was closed.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Its usage, by metric.</summary>
    public required IReadOnlyList<StatementResponseTotal> Totals { get; init; }
}
