namespace Sluice.EndToEnd.Traffic;

/// <summary>The meaning of one response for a client.</summary>
internal enum Verdict
{
    /// <summary>Counted (or held) now, for the first time.</summary>
    Counted,

    /// <summary>It had been counted before; nothing was added.</summary>
    Duplicate,

    /// <summary>A limit was reached; nothing was counted.</summary>
    Refused,

    /// <summary>503, "nothing was counted".</summary>
    NotCounted,

    /// <summary>The credential is not accepted; nothing was counted.</summary>
    Unauthorized,

    /// <summary>There is nothing to commit: the reservation was never made, as far as the node knows.</summary>
    NoReservation,

    /// <summary>No response, or one that says so: it may have been counted or not.</summary>
    Unknown,

    /// <summary>No connection could be made.</summary>
    NotSent,

    /// <summary>A response that the contract does not define.</summary>
    Wrong,
}
