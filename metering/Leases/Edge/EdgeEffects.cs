using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Edge;

/// <summary>The actions that a step of the edge requests from its shell. Cleared and reused by the shell.</summary>
public sealed class EdgeEffects
{
    /// <summary>Requests to send to authorities.</summary>
    public List<SyncRequest> Syncs { get; } = [];

    /// <summary>Requests that waited and now have an outcome.</summary>
    public List<AdmissionRequest> Resolved { get; } = [];

    /// <summary>
    /// Whether the next ledger batch must bring all accounts up to date, because a limit change waits for it.
    /// </summary>
    public bool CheckpointWanted { get; set; }

    public void Clear()
    {
        Syncs.Clear();
        Resolved.Clear();
        CheckpointWanted = false;
    }
}
