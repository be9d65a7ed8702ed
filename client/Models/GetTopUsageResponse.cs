// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>What used most.</summary>
public sealed record GetTopUsageResponse
{
    /// <summary>A list for each requested group, in the same order.</summary>
    public required IReadOnlyList<GetTopUsageList> Lists { get; init; }
}
