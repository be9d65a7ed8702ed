using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>The batch that an edge is writing.</summary>
internal sealed class OpenBatch(
    LedgerBatch batch, SimRequest[] requests, List<EdgeCounter> accounts, bool checkpoint)
{
    public LedgerBatch Batch { get; } = batch;

    public SimRequest[] Requests { get; } = requests;

    public IReadOnlyList<EdgeCounter> Accounts { get; } = accounts;

    /// <summary>Whether a limit change waits for this batch.</summary>
    public bool Checkpoint { get; } = checkpoint;

    public StoreWork? Work { get; set; }

    /// <summary>Whether the edge knows that it is on disk.</summary>
    public bool Landed { get; set; }
}
