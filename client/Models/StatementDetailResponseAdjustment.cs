// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record StatementDetailResponseAdjustment
{
    /// <summary>The earlier month, such as <c>2026-10</c>.</summary>
    public required string Period { get; init; }

    /// <summary>Its usage, by metric.</summary>
    public required IReadOnlyList<StatementResponseTotal> Totals { get; init; }
}
