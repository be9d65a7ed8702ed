namespace Sluice.Metering.Leases.Edge;

/// <summary>The result of a request at the edge.</summary>
public enum AdmissionOutcome : byte
{
    /// <summary>The charge was taken from every scope.</summary>
    Admitted,

    /// <summary>Would exceed a limit; nothing was taken.</summary>
    Refused,

    /// <summary>Waits for rights; returned later in <see cref="EdgeEffects.Resolved"/>.</summary>
    Waiting,

    /// <summary>The key was revoked while the request was in flight.</summary>
    KeyRevoked,

    /// <summary>Rights exist at another edge that could not be reached.</summary>
    Stranded,

    /// <summary>An authority did not answer in time.</summary>
    Unreachable,

    /// <summary>This edge's session is over or could not be renewed in time.</summary>
    SessionLost,

    /// <summary>Too many requests wait already.</summary>
    Overloaded,

    /// <summary>A counter without a limit would exceed its maximum; nothing was taken.</summary>
    CounterFull,
}
