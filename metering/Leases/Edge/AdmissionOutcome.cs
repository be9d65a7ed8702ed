namespace Sluice.Metering.Leases.Edge;

/// <summary>What became of a request at the edge.</summary>
public enum AdmissionOutcome : byte
{
    /// <summary>Taken from every scope.</summary>
    Admitted,

    /// <summary>Would pass a limit; nothing was taken.</summary>
    Refused,

    /// <summary>Waits for rights; it comes back in <see cref="EdgeEffects.Resolved"/>.</summary>
    Waiting,

    /// <summary>The key was revoked while the request was under way.</summary>
    KeyRevoked,

    /// <summary>Rights exist at another edge that could not be reached.</summary>
    Stranded,

    /// <summary>An authority did not answer in time.</summary>
    Unreachable,

    /// <summary>This edge's session is over or could not be renewed in time.</summary>
    SessionLost,

    /// <summary>Too many requests wait already.</summary>
    Overloaded,

    /// <summary>A counter without a limit would pass what it can hold; nothing was taken.</summary>
    CounterFull,
}
