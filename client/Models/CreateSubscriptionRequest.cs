// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateSubscriptionRequest
{
    /// <summary>The plan's name, 1 to 100 characters.</summary>
    public required string Plan { get; init; }

    /// <summary>The number of seats, 1 to 10,000.</summary>
    public required int Seats { get; init; }

    /// <summary>The monthly credits of each seat, with at most 6 decimals; a seat with 0 admits nothing.</summary>
    public required decimal CreditsPerSeat { get; init; }

    /// <summary>The first instant at which its seats give no access, in the future.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
