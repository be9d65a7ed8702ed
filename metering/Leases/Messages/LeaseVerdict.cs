namespace Sluice.Metering.Leases.Messages;

/// <summary>An authority's verdict on the rights that were requested.</summary>
public enum LeaseVerdict : byte
{
    /// <summary>The need is met, or there was none.</summary>
    None = 0,

    /// <summary>No idle rights exist anywhere: a request that does not fit into the edge's rights is refused.</summary>
    Exhausted = 1,

    /// <summary>Another edge holds rights and could not be reached in time.</summary>
    Stranded = 2,
}
