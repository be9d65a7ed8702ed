// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A seat's key and where to send it: everything that the holder of the seat needs.</summary>
public sealed record HandedKeyResponse
{
    /// <summary>The key's id, such as <c>k0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The seat's id, such as <c>s0000000001a</c>.</summary>
    public required string SeatId { get; init; }

    /// <summary>The id of the member who holds the seat, such as <c>m0000000001a</c>.</summary>
    public required string MemberId { get; init; }

    /// <summary>When the old secret stops working, in UTC; null if it no longer works.</summary>
    public required DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>The whole key, to be sent as the bearer token; shown once.</summary>
    public required string Secret { get; init; }

    /// <summary>The address of this service.</summary>
    public required string BaseUrl { get; init; }
}
