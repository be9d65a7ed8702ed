// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetReconciliationResponse
{
    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The number of items that differ; it must be 0.</summary>
    public required int Drifts { get; init; }

    /// <summary>One item for each tenant and metric that has usage in the month.</summary>
    public required IReadOnlyList<GetReconciliationItem> Items { get; init; }
}
