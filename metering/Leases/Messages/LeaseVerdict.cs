namespace Sluice.Metering.Leases.Messages;

/// <summary>What an authority says when it can't give all the rights that were asked for.</summary>
public enum LeaseVerdict : byte
{
    /// <summary>Nothing to say: the need is met, or there was none.</summary>
    None = 0,

    /// <summary>No idle rights exist anywhere: what does not fit into the edge's rights is refused.</summary>
    Exhausted = 1,

    /// <summary>Another edge holds rights and could not be reached in time.</summary>
    Stranded = 2,
}
