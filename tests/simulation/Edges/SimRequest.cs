using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>One attempt of a client at one edge. Attempts of the same event share its id and body.</summary>
internal sealed class SimRequest(long eventId, RequestKind kind, int keyNumber) : AdmissionRequest
{
    /// <summary>Maximum time that a reservation lives without being prolonged, in milliseconds.</summary>
    public const long LivesMsMax = 4_000;

    public long EventId { get; set; } = eventId;

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

    /// <summary>The reservation that it ends or prolongs.</summary>
    public Reservation? Reservation { get; init; }

    /// <summary>Whether the edge that has the reservation handles it there.</summary>
    public bool IsHere { get; set; }

    /// <summary>If it is handled elsewhere: the session that admitted the reservation.</summary>
    public SessionId Holder { get; set; }

    public int LookUps { get; set; }

    /// <summary>How long the reservation is to live, or to live on.</summary>
    public long LivesMs { get; set; }

    /// <summary>When the reservation expires, by the wall clock of the edge; Unix milliseconds.</summary>
    public long ExpiresAtMs { get; set; }

    public Action<SimRequest>? OnAnswer { get; init; }
}
