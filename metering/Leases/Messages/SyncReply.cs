using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Authority to edge: rights, sent only after the grant is on disk.</summary>
/// <param name="Scope">The authority that speaks.</param>
/// <param name="Epoch">Its epoch; an edge drops answers of an epoch below the highest it has seen.</param>
/// <param name="Sequence">The request that is answered.</param>
/// <param name="Limits">The limits to follow from now on.</param>
/// <param name="Lines">One line for each counter reported.</param>
public sealed record SyncReply(
    ScopeId Scope,
    long Epoch,
    long Sequence,
    LimitSet Limits,
    IReadOnlyList<LeaseLine> Lines);
