using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Edge to authority: what was used, what is needed.</summary>
/// <param name="Session">The edge that speaks.</param>
/// <param name="Scope">The authority it speaks to.</param>
/// <param name="Sequence">Rises with every request of this session to this scope.</param>
/// <param name="LimitVersion">
/// The limit set that the edge follows, with all its earlier usage on disk and reported.
/// </param>
/// <param name="Epoch">
/// The highest epoch of this authority that the edge has heard of. An authority below it is deposed. One above it knows
/// that this edge has not told it everything yet: when an edge hears of a new epoch it reports all that it has.
/// </param>
/// <param name="Attach">The edge knows nothing of this scope yet and wants every counter it ever used there.</param>
/// <param name="Leaving">
/// The edge forgets something of what it reports here once it is answered, so only the newest authority may answer.
/// </param>
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
