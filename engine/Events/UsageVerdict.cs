namespace Sluice.Engine.Events;

/// <summary>The result of an event. Expected results only; anything else is an exception.</summary>
public enum UsageVerdict : byte
{
    /// <summary>Not known yet: the event is on its way.</summary>
    Undecided,

    /// <summary>Counted (or, for a check, would be; for a reservation, held).</summary>
    Allowed,

    /// <summary>Would exceed a limit; nothing was counted.</summary>
    Refused,

    /// <summary>The id was used with a different body; nothing was counted.</summary>
    IdConflict,

    /// <summary>The key became invalid while the request was in flight; nothing was counted.</summary>
    KeyRevoked,

    /// <summary>The remaining rights are at a node that could not be reached; nothing was counted.</summary>
    Stranded,

    /// <summary>The store or an authority can't be reached; nothing was counted.</summary>
    Unavailable,

    /// <summary>The store became unreachable while the event was being written: it may have been counted.</summary>
    OutcomeUnknown,

    /// <summary>A queue is full; nothing was counted.</summary>
    Overloaded,

    /// <summary>The counter can't hold that many more units; nothing was counted.</summary>
    TooMuch,

    /// <summary>The reservation was already committed.</summary>
    AlreadyCommitted,

    /// <summary>The reservation was already released.</summary>
    AlreadyReleased,

    /// <summary>The reservation has expired, so it can't be prolonged.</summary>
    Expired,

    /// <summary>The reservation was prolonged as often as one may be.</summary>
    ProlongedTooOften,

    /// <summary>The key, or its tenant, holds as many reservations as one may; nothing was held.</summary>
    TooManyReservations,

    /// <summary>
    /// The hold is no longer where it was found: its session was settled meanwhile, or it has ended. Look it up again.
    /// </summary>
    HoldMoved,

    /// <summary>There is no such reservation.</summary>
    NoSuchReservation,

    /// <summary>A secret that no longer works tried to count more than its reservation holds.</summary>
    BeyondHold,

    /// <summary>Has no price, and the tenant refuses such usage where money is limited; nothing was counted.</summary>
    Unpriced,
}
