namespace Sluice.Engine.Metering;

/// <summary>What became of an event. Expected outcomes only; anything else is an exception.</summary>
public enum UsageVerdict : byte
{
    /// <summary>Counted (or, for a check, would be; for a reservation, held).</summary>
    Allowed,

    /// <summary>Would pass a limit; nothing was counted.</summary>
    Refused,

    /// <summary>The id was used for another body; nothing was counted.</summary>
    IdConflict,

    /// <summary>The key stopped being valid while the request was under way; nothing was counted.</summary>
    KeyRevoked,

    /// <summary>Rights exist at a node that could not be reached; nothing was counted.</summary>
    Stranded,

    /// <summary>The store or an authority can't be reached; nothing was counted.</summary>
    Unavailable,

    /// <summary>The store went away while the event was being written: it may have been counted.</summary>
    OutcomeUnknown,

    /// <summary>A queue is full; nothing was counted.</summary>
    Overloaded,

    /// <summary>A counter can't hold so much more; nothing was counted.</summary>
    TooMuch,

    /// <summary>The reservation ended with usage already.</summary>
    AlreadyCommitted,

    /// <summary>The reservation was released already.</summary>
    AlreadyReleased,

    /// <summary>There is no such reservation.</summary>
    NoSuchReservation,
}
