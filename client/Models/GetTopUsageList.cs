// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetTopUsageList
{
    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>The values with the most usage, the largest first.</summary>
    public required IReadOnlyList<GetTopUsageItem> Items { get; init; }
}
