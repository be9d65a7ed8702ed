using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities;

/// <summary>
/// Reaches the authorities, whether they run in this process or in a cluster. Nothing else differs between the two.
/// </summary>
public interface IAuthorityDirectory
{
    /// <summary>Gets the counters of this process.</summary>
    AuthorityCounts Counts { get; }

    /// <summary>Sends a sync of an edge. Returns null if there was no answer; the edge then retries.</summary>
    Task<SyncReply?> SyncAsync(SyncRequest request, CancellationToken ct);

    /// <summary>Applies limits that changed in the database; returns once they are in force everywhere.</summary>
    /// <exception cref="SignalUnavailableException">A node could not be reached in time.</exception>
    Task RefreshAsync(ScopeId scope, CancellationToken ct);

    /// <summary>Applies a change; returns once no edge admits anything by what was before.</summary>
    /// <exception cref="SignalUnavailableException">A node could not be reached in time.</exception>
    Task PropagateAsync(NodeChange change, CancellationToken ct);

    /// <summary>
    /// Reads the live counters of a scope; null if its authority is not active, in which case the store has them.
    /// </summary>
    Task<IReadOnlyList<CounterReading>?> ReadAsync(ScopeId scope, CancellationToken ct);
}
