using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>A hold at one edge, from the moment its row is on disk. It dies with the edge.</summary>
internal sealed class Reservation(SimRequest origin, EdgeProcess edge, long expiresAtMs)
{
    public long CommitId { get; } = -origin.EventId;

    public int KeyNumber { get; } = origin.KeyNumber;

    public EdgeProcess Edge { get; } = edge;

    public EdgeKey Key { get; } = origin.Key;

    public TakeList Hold { get; } = origin.Takes;

    public BookedTake[] Booking { get; set; } = origin.Booking;

    /// <summary>Whether the oracle counts the booking.</summary>
    public bool Booked { get; set; } = origin.Booked;

    /// <summary>When it expires, on the edge's monotonic clock.</summary>
    public long ExpiresAtMs { get; } = expiresAtMs;

    public bool Open { get; set; } = true;
}
