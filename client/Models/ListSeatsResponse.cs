// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ListSeatsResponse : IPage<SeatResponse>
{
    /// <summary>The seats of this page, oldest first.</summary>
    public required IReadOnlyList<SeatResponse> Items { get; init; }

    /// <summary>The value of <c>after</c> for the next page; null on the last one.</summary>
    public required string? Next { get; init; }

    /// <summary>The number of all seats that a member holds.</summary>
    public required long Assigned { get; init; }

    /// <summary>The number of all seats that are free.</summary>
    public required long Unassigned { get; init; }

    /// <summary>The number of all seats whose plan has ended.</summary>
    public required long Expired { get; init; }
}
