namespace Sluice.Storage.Control;

/// <summary>The requested page of a list that can be searched and sorted.</summary>
public sealed record ListRequest
{
    /// <summary>Maximum number of items, 1 to <see cref="PageRequest.MaxLimit"/>.</summary>
    public required int Limit { get; init; }

    public ListOrder Order { get; init; } = ListOrder.CreatedAt;

    public bool IsDescending { get; init; }

    /// <summary>Where the page begins; null for the first page.</summary>
    public ListPosition? After { get; init; }

    /// <summary>A part of what items are found by, ignoring case; null for all items.</summary>
    public string? Search { get; init; }

    /// <summary>The smallest and the largest number of ids that begin with the search text; 0 if none does.</summary>
    public (long First, long Last) Ids { get; init; }
}
