// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>A page of events.</summary>
public sealed record GetEventsResponse : IPage<GetEventsItem>
{
    /// <summary>The events, newest first.</summary>
    public required IReadOnlyList<GetEventsItem> Items { get; init; }

    /// <summary>
    /// The value of <c>after</c> for the next page; null if there is none. A page that had to read very much ends
    /// early, maybe without an event, and has it too.
    /// </summary>
    public required string? Next { get; init; }
}
