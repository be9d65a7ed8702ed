// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetUsageTrendResponse
{
    /// <summary>Every hour or day of the tenant's time zone, oldest first; the last one is still running.</summary>
    public required IReadOnlyList<GetUsageTrendItem> Items { get; init; }

    /// <summary>The sum of all items, in the metric's units.</summary>
    public required decimal Total { get; init; }

    /// <summary>The sum of as many hours or days before the first item.</summary>
    public required decimal PreviousTotal { get; init; }
}
