using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>One attempt of a client at one edge. Attempts of the same event share its id and body.</summary>
internal sealed class SimRequest(long eventId, RequestKind kind, int keyNumber) : AdmissionRequest
{
    public long EventId { get; } = eventId;

    public RequestKind Kind { get; } = kind;

    public int KeyNumber { get; } = keyNumber;

    /// <summary>Whether the client chose the id, so that it may repeat the event: three of four do.</summary>
    public bool ChoseId => EventId % 4 != 0;

    /// <summary>The takes as the outside world keeps them; empty while nothing is taken.</summary>
    public BookedTake[] Booking { get; set; } = [];

    /// <summary>Whether the oracle counts the booking.</summary>
    public bool Booked { get; set; }

    public long AdmittedAtUs { get; set; }

    /// <summary>The answer; null until the client has one.</summary>
    public RequestAnswer? Answer { get; set; }

    /// <summary>For a commit: the reservation that it ends.</summary>
    public Reservation? Commits { get; init; }

    public Action<SimRequest>? OnAnswer { get; init; }
}
