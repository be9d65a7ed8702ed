// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ReservationState
{
    /// <summary>The reservation's id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// <c>open</c> while it holds, <c>committed</c>, <c>released</c>, or <c>expired</c>, when a commit still counts.
    /// </summary>
    public required string State { get; init; }

    /// <summary>When it was made: prices and periods are those of this time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the hold goes back by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The model; empty if none was named.</summary>
    public required string Model { get; init; }

    /// <summary>The member; empty if none was named.</summary>
    public required string Member { get; init; }

    /// <summary>What is held, by metric name.</summary>
    public required IReadOnlyDictionary<string, decimal> Metrics { get; init; }

    /// <summary>What is held in money, in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What is held in credits.</summary>
    public required decimal Credits { get; init; }

    /// <summary>What was really used; only once it is committed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Committed? Committed { get; init; }
}
