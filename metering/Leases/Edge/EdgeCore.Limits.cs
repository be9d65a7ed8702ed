using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Edge;

// How an edge follows new limits: at once if nothing depends on earlier usage, otherwise once earlier takes have ended
// and the accounts on disk have caught up.
public sealed partial class EdgeCore
{
    /// <summary>Whether a limit change waits for the accounts on disk.</summary>
    public bool CheckpointWanted
    {
        get
        {
            foreach (var scope in _switching)
            {
                if (scope.Stage == SwitchStage.WantsCheckpoint)
                    return true;
            }

            return false;
        }
    }

    /// <summary>
    /// Applies changed limits. The acknowledgement is the next report, once all earlier usage is on disk.
    /// </summary>
    public void OnLimits(CoreInstant now, LimitsPush push, EdgeEffects effects)
    {
        if (!_scopes.TryGetValue(push.Scope, out var scope) || !scope.Attached)
        {
            // Nothing was taken here, so nothing is left to report; but an answer in flight with older limits must not
            // be followed.
            var followed = Math.Max(push.Limits.Version, _followedUnattached.GetValueOrDefault(push.Scope));
            _followedUnattached[push.Scope] = followed;
            effects.Syncs.Add(new SyncRequest(Session, push.Scope, 0, followed, push.Epoch, false, false, []));
            return;
        }

        if (push.Epoch < scope.Epoch)
        {
            Contradict(now, scope, effects);
            return;
        }

        Hear(scope, push.Epoch);
        if (push.Limits.Version > scope.Limits.Version)
            Switch(now, scope, push.Limits, effects);
        MakeUrgent(scope);
        RetryWaiters(now, scope, effects);
        Flush(now, effects);
    }

    /// <summary>Marks the batch being built as a checkpoint that brings all accounts up to date.</summary>
    public void BeginCheckpoint()
    {
        foreach (var scope in _switching)
        {
            if (scope.Stage == SwitchStage.WantsCheckpoint)
                scope.Stage = SwitchStage.InCheckpoint;
        }
    }

    /// <summary>Ends the checkpoint: its batch is on disk, or failed.</summary>
    public void EndCheckpoint(CoreInstant now, bool onDisk, EdgeEffects effects)
    {
        for (var i = _switching.Count - 1; i >= 0; i--)
        {
            var scope = _switching[i];
            if (scope.Stage == SwitchStage.InCheckpoint)
                scope.Stage = onDisk ? SwitchStage.Done : SwitchStage.WantsCheckpoint;
            if (scope.Stage != SwitchStage.Done)
                continue;
            _switching.RemoveAt(i);
            Acknowledge(scope);
        }

        Flush(now, effects);
    }

    private void Switch(CoreInstant now, EdgeScope scope, LimitSet limits, EdgeEffects effects)
    {
        var before = scope.Counters().Select(c => (Counter: c, c.Limited, c.LimitUnits)).ToArray();
        scope.Limits = limits;
        scope.FollowLimits(now.WallMs);
        var arms = false;
        foreach (var (counter, wasLimited, oldUnits) in before)
        {
            counter.ExhaustedUntilMs = 0;
            counter.StrandedUntilMs = 0;
            arms |= counter.Limited && !wasLimited;
            if (counter.LimitUnits < oldUnits)
                scope.ReturnIdle(counter, 0);
            if (counter.LimitUnits != oldUnits)
                counter.RefusedUnits = 0;
            counter.Dirty = true;
        }

        scope.Dirty = true;
        scope.InFlightBefore += scope.InFlightNow;
        scope.InFlightNow = 0;
        Follow(scope, arms, effects);
    }

    /// <summary>
    /// Follows changed limits. A counter that becomes limited must first have all its earlier usage in its account on
    /// disk, because the authority will rely on it; other changes are followed at once.
    /// </summary>
    private void Follow(EdgeScope scope, bool arms, EdgeEffects effects)
    {
        if (!arms && scope.Stage == SwitchStage.Done)
        {
            Acknowledge(scope);
            return;
        }

        if (!_switching.Contains(scope))
            _switching.Add(scope);
        scope.Stage = scope.InFlightBefore > 0 ? SwitchStage.Draining : SwitchStage.WantsCheckpoint;
        effects.CheckpointWanted |= scope.Stage == SwitchStage.WantsCheckpoint;
    }

    private void Acknowledge(EdgeScope scope)
    {
        scope.AckedVersion = scope.Limits.Version;
        scope.MarkAllDirty();
        MakeUrgent(scope);
    }
}
