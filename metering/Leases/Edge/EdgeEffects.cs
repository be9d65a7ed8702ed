using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Edge;

/// <summary>What a step of the edge asks its shell to do. Cleared and reused by the shell.</summary>
public sealed class EdgeEffects
{
    /// <summary>To be sent to authorities.</summary>
    public List<SyncRequest> Syncs { get; } = [];

    /// <summary>Requests that waited and now have an outcome.</summary>
    public List<AdmissionRequest> Resolved { get; } = [];

    /// <summary>The next ledger batch must bring all accounts up to date: a limit change waits for it.</summary>
    public bool CheckpointWanted { get; set; }

    public void Clear()
    {
        Syncs.Clear();
        Resolved.Clear();
        CheckpointWanted = false;
    }
}
