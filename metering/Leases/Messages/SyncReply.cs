using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Authority to edge: rights, sent only after the grant is on disk.</summary>
/// <param name="Scope">The scope of the sending authority.</param>
/// <param name="Epoch">The authority's epoch; an edge drops answers of an epoch below the highest it has seen.</param>
/// <param name="Sequence">The request being answered.</param>
/// <param name="Limits">The limits to follow from now on.</param>
/// <param name="RefusalsHeard">Whether the reported refusals are handled: any threshold events they caused are on
/// disk. False if the limits are not in force everywhere yet; the refusals must then be reported again.</param>
/// <param name="Lines">One line for each counter reported.</param>
public sealed record SyncReply(
    ScopeId Scope,
    long Epoch,
    long Sequence,
    LimitSet Limits,
    bool RefusalsHeard,
    IReadOnlyList<LeaseLine> Lines);
