using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Edge to authority: usage, and needed rights.</summary>
/// <param name="Session">The sending edge.</param>
/// <param name="Scope">The scope of the receiving authority.</param>
/// <param name="Sequence">Rises with every request of this session to this scope.</param>
/// <param name="LimitVersion">
/// The limit set that the edge follows, with all its earlier usage on disk and reported.
/// </param>
/// <param name="Epoch">The highest epoch of this authority known to the edge. An authority below it is deposed. One
/// above it knows that this edge has not reported everything to it yet: an edge that learns of a new epoch reports
/// everything.</param>
/// <param name="Attach">Whether the edge knows nothing of this scope yet and wants every counter it ever used
/// there.</param>
/// <param name="Leaving">Whether the edge forgets some of what it reports here once it is answered, so that only the
/// newest authority may answer.</param>
/// <param name="Reports">The counters that changed or need rights.</param>
public sealed record SyncRequest(
    SessionId Session,
    ScopeId Scope,
    long Sequence,
    long LimitVersion,
    long Epoch,
    bool Attach,
    bool Leaving,
    IReadOnlyList<CounterReport> Reports);
