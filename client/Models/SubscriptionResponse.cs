// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>A subscription as the API shows it.</summary>
public sealed record SubscriptionResponse
{
    /// <summary>The subscription's id, such as <c>u0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The number of seats.</summary>
    public required int Seats { get; init; }

    /// <summary>The monthly credits of each seat.</summary>
    public required decimal CreditsPerSeat { get; init; }

    /// <summary>The first instant at which its seats give no access, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The ids of its seats; only in the response that creates it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? SeatIds { get; init; }
}
