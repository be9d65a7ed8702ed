using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Authority;

// How an authority treats syncs that can't be true. Only members of the cluster can send one, and only for their own
// session; this is the second line, for a member that lies or has an error.
public sealed partial class AuthorityCore
{
    /// <summary>
    /// Checks whether a sync can come from an edge that keeps the protocol; it is believed whole or not at all.
    /// </summary>
    private bool Believes(SessionShare share, SyncRequest request)
    {
        if (!SyncRules.HasPlausibleForm(request))
            return false;

        // An edge that quotes a newer epoch may have been granted more by it.
        if (request.Epoch > Epoch)
            return true;
        var added = 0;
        foreach (var report in request.Reports)
        {
            var counter = FindCounter(report.Counter);
            if (!SyncRules.Fits(report, counter?.Find(share.Session), Epoch * RecallsPerEpoch))
                return false;
            added += counter is null ? 1 : 0;
        }

        return _counters.Count + added <= SyncRules.CountersMax;
    }

    private void Refuse(SessionShare share, long sequence, SyncOutcome outcome, AuthorityEffects effects) =>
        effects.Refusals.Add((
            share.Session, SyncReply.Refused(Scope, Epoch, sequence, outcome, share.Sequence)));

    /// <summary>
    /// Forgets a sequence that the edge never reached: without this, no sync of the edge would count as new, and none
    /// would be answered. The refusal makes it report everything again, which replaces what was said in its name.
    /// </summary>
    private void StartOver(SessionShare share, long sequence, AuthorityEffects effects)
    {
        share.Sequence = sequence;
        Refuse(share, sequence, SyncOutcome.Overtaken, effects);
    }

    /// <summary>
    /// Handles a sync that quotes a newer epoch. Usually it is right, and the next batch of this authority says so. But
    /// an epoch is believed only from the store: otherwise a single message would stop every activation that comes. So
    /// nothing is processed until a batch, an empty one if need be, has committed or failed under this epoch.
    /// </summary>
    private void Doubt(CoreInstant now, SessionShare share, SyncRequest request, AuthorityEffects effects)
    {
        share.Doubted = request.Sequence;
        share.DoubtCheckedByBatch = 0;
        Advance(now, effects);
    }

    /// <summary>
    /// Refuses the syncs whose epoch has been disproved: when the batch committed, which began after they arrived, no
    /// newer epoch existed.
    /// </summary>
    private void EndDoubts(AuthorityEffects effects)
    {
        foreach (var share in _sessions)
        {
            if (share.Doubted is not { } doubted || share.DoubtCheckedByBatch == 0
                || share.DoubtCheckedByBatch > _checkedBatch)
            {
                continue;
            }

            Refuse(share, doubted, SyncOutcome.UnknownEpoch, effects);
            share.Doubted = null;
        }
    }

    private void Depose(AuthorityEffects effects)
    {
        Deposed = true;
        effects.Deposed = true;
    }
}
