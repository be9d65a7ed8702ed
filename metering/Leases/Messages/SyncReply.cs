using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Authority to edge: rights, sent only after the grant is on disk.</summary>
/// <param name="Scope">The authority that speaks.</param>
/// <param name="Epoch">Its epoch; an edge drops answers of an epoch below the highest it has seen.</param>
/// <param name="Sequence">The request that is answered.</param>
/// <param name="Limits">The limits to follow from now on.</param>
/// <param name="RefusalsHeard">
/// The refusals that were reported are on disk where they fired something; where not, because the limits are not in
/// force everywhere yet, they are to be reported again.
/// </param>
/// <param name="Lines">One line for each counter reported.</param>
public sealed record SyncReply(
    ScopeId Scope,
    long Epoch,
    long Sequence,
    LimitSet Limits,
    bool RefusalsHeard,
    IReadOnlyList<LeaseLine> Lines);
