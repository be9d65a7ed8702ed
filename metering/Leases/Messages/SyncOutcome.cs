namespace Sluice.Metering.Leases.Messages;

/// <summary>What became of a sync. Everything except <see cref="Answered"/> was refused and had no effect.</summary>
public enum SyncOutcome : byte
{
    /// <summary>The sync was processed.</summary>
    Answered = 0,

    /// <summary>
    /// A sync with a higher number has arrived. If the edge has not sent it, someone else used its session, and the
    /// edge continues above <see cref="SyncReply.KnownSequence"/>.
    /// </summary>
    Overtaken = 1,

    /// <summary>The content can't come from an edge that keeps the protocol.</summary>
    Implausible = 2,

    /// <summary>
    /// The edge quoted an epoch that does not exist: this authority has proved since that it is the newest one.
    /// </summary>
    UnknownEpoch = 3,
}
