using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Authority to edge: rights, sent only after the grant is on disk; or why a sync was refused.</summary>
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
    IReadOnlyList<LeaseLine> Lines)
{
    /// <summary>Whether the sync was processed; if not, the reply has neither limits nor lines.</summary>
    public SyncOutcome Outcome { get; init; }

    /// <summary>The highest sequence known to the authority; only for a sync that was refused.</summary>
    public long KnownSequence { get; init; }

    /// <summary>Creates the reply to a sync that was refused.</summary>
    public static SyncReply Refused(
        ScopeId scope, long epoch, long sequence, SyncOutcome outcome, long knownSequence) =>
        new(scope, epoch, sequence, LimitSet.None, false, [])
        {
            Outcome = outcome,
            KnownSequence = knownSequence,
        };
}
