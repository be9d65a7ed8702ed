// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetEventsItem
{
    /// <summary>The event's place in the ledger, such as <c>1795000000000-7-1234-0</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The id that the caller gave it, or that it was given.</summary>
    public required string EventId { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The time that the caller gave; when it was admitted if it gave none.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was admitted: limits, prices and statements go by this.</summary>
    public required DateTimeOffset AdmittedAt { get; init; }

    /// <summary>The key.</summary>
    public required string KeyId { get; init; }

    /// <summary>The key's last name, also if it was deleted.</summary>
    public required string? KeyName { get; init; }

    /// <summary>The project; null for none.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The seat; null for none.</summary>
    public required string? SeatId { get; init; }

    /// <summary>The member's label; null for none.</summary>
    public required string? Member { get; init; }

    /// <summary>The model; null for none.</summary>
    public required string? Model { get; init; }

    /// <summary>
    /// The amount of each metric, without money; of a reservation, what it holds. Empty for a release.
    /// </summary>
    public required JsonElement Metrics { get; init; }

    /// <summary>The amount of money, in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The credits.</summary>
    public required decimal Credits { get; init; }

    /// <summary>The metrics that had no price, and were counted at 0.</summary>
    public required IReadOnlyList<string> Unpriced { get; init; }
}
