using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Edge;

public sealed partial class EdgeCore
{
    /// <summary>Sends what is due, retries unanswered requests, ends waits that lasted too long.</summary>
    public void Tick(CoreInstant now, EdgeEffects effects)
    {
        Flush(now, effects);
        for (var i = 0; i < _scheduled.Count; i++)
        {
            var scope = _scheduled[i];
            if (scope.Waiters.Count > 0)
                RetryWaiters(now, scope, effects);
            SendIfDue(now, scope, effects);
        }

        Unschedule();
    }

    /// <summary>
    /// Applies an authority's answer. It can only raise rights, so a repeated or late answer does no harm.
    /// </summary>
    public void OnReply(CoreInstant now, SyncReply reply, EdgeEffects effects)
    {
        if (!_scopes.TryGetValue(reply.Scope, out var scope) || reply.Sequence > scope.Sequence)
            return;
        if (reply.Outcome != SyncOutcome.Answered)
        {
            OnRefused(now, scope, reply);
            return;
        }

        if (reply.Epoch < scope.Epoch || (!scope.Attached && !MayAttach(scope, reply)))
            return;

        Hear(scope, reply.Epoch);
        var newest = reply.Sequence > scope.AnsweredSequence;
        scope.AnsweredSequence = Math.Max(scope.AnsweredSequence, reply.Sequence);
        scope.Unanswered = 0;
        if (!scope.Attached)
            Attach(now, scope, reply);
        else if (reply.Limits.Version > scope.Limits.Version)
            Switch(now, scope, reply.Limits, effects);

        foreach (var line in reply.Lines)
            Apply(now, scope, reply, line, newest);
        if (scope.Waiters.Count > 0)
            RetryWaiters(now, scope, effects);
        if (scope.Urgent)
            MakeUrgent(scope);
        Flush(now, effects);
    }

    /// <summary>
    /// Handles a request that won't be answered: its authority has moved, or can't be found. It is retried sooner than
    /// one whose answer may be in flight.
    /// </summary>
    public void OnUnanswered(CoreInstant now, ScopeId id, long sequence)
    {
        if (_scopes.TryGetValue(id, out var scope) && sequence == scope.Sequence && scope.SyncInFlight)
            SendAgain(now, scope);
    }

    private static void SendAgain(CoreInstant now, EdgeScope scope)
    {
        var pauseMs = Math.Min(LeaseBounds.SyncRetryMs, LeaseBounds.SyncAgainMs << Math.Min(scope.Unanswered, 4));
        scope.Unanswered++;
        scope.SentAtMs = Math.Min(scope.SentAtMs, now.MonotonicMs + pauseMs - LeaseBounds.SyncRetryMs);
    }

    /// <summary>
    /// Resumes after a refusal, which an edge gets if another process spoke under its session or to it: continues above
    /// the numbers that were used, forgets an epoch that does not exist, and reports everything again.
    /// </summary>
    private static void OnRefused(CoreInstant now, EdgeScope scope, SyncReply reply)
    {
        if (reply.Sequence != scope.Sequence || !scope.SyncInFlight)
            return;

        // Only if the refused request quoted it: a newer epoch that was heard of since may exist.
        if (reply.Outcome == SyncOutcome.UnknownEpoch && scope.Epoch == scope.SentEpoch)
            scope.Epoch = Math.Min(scope.Epoch, reply.Epoch);
        if (reply.Outcome == SyncOutcome.Overtaken)
            scope.Sequence = Math.Max(scope.Sequence, reply.KnownSequence);
        SendAgain(now, scope);
    }

    /// <summary>Handles a recall: the authority wants idle rights back for other sessions.</summary>
    public void OnRecall(CoreInstant now, Recall recall, EdgeEffects effects)
    {
        if (!_scopes.TryGetValue(recall.Scope, out var scope))
            return;
        if (recall.Epoch < scope.Epoch)
        {
            Contradict(now, scope, effects);
            return;
        }

        // A scope that is not attached may have rights in flight to it; to return them it must first take them.
        MakeUrgent(scope);
        if (scope.Attached)
        {
            Hear(scope, recall.Epoch);
            var counter = scope.Locate(recall.Counter, now.WallMs) ?? scope.Recover(recall.Counter, now.WallMs);
            if (counter is { Unknown: false })
            {
                // Rights too small for a waiting request now go to others, where they may lie idle: a smaller request
                // must ask again.
                if (counter.Rights > recall.KeepUnits)
                    counter.ExhaustedUntilMs = 0;
                scope.ReturnIdle(counter, recall.KeepUnits);
                counter.RecallFollowed = Math.Max(counter.RecallFollowed, recall.Number);
                counter.Dirty = true;
                scope.Dirty = true;
            }
        }

        Flush(now, effects);
    }

    /// <summary>
    /// Reacts to a message from a deposed authority. If it is the only one still running, nothing but a request that
    /// quotes the newer epoch makes it stop.
    /// </summary>
    private void Contradict(CoreInstant now, EdgeScope scope, EdgeEffects effects)
    {
        MakeUrgent(scope);
        Flush(now, effects);
    }

    private void Flush(CoreInstant now, EdgeEffects effects)
    {
        for (var i = 0; i < _urgent.Count; i++)
        {
            var scope = _urgent[i];
            scope.UrgentListed = false;
            SendIfDue(now, scope, effects);
        }

        _urgent.Clear();
    }

    private void Unschedule()
    {
        var kept = 0;
        for (var i = 0; i < _scheduled.Count; i++)
        {
            var scope = _scheduled[i];
            scope.Scheduled = scope.Dirty || scope.Urgent || scope.SyncInFlight || scope.Waiters.Count > 0;
            if (scope.Scheduled)
                _scheduled[kept++] = scope;
        }

        _scheduled.RemoveRange(kept, _scheduled.Count - kept);
    }

    private void SendIfDue(CoreInstant now, EdgeScope scope, EdgeEffects effects)
    {
        if (scope.SyncInFlight)
        {
            if (now.MonotonicMs - scope.SentAtMs < LeaseBounds.SyncRetryMs)
                return;
            scope.MarkAllDirty();
        }
        else if (!scope.Urgent)
        {
            if (!scope.Dirty || now.MonotonicMs - scope.ReportedAtMs < LeaseBounds.ReportIntervalMs)
                return;
        }

        effects.Syncs.Add(BuildSync(now, scope));
    }

    private SyncRequest BuildSync(CoreInstant now, EdgeScope scope)
    {
        var sinceMs = Math.Clamp(now.MonotonicMs - scope.ReportedAtMs, 50, 2_000);
        var reports = new List<CounterReport>();
        foreach (var counter in scope.Counters())
        {
            if (counter.Dirty || counter.WaitingUnits > 0)
                reports.Add(ReportOf(counter, scope, sinceMs));
        }

        for (var i = scope.Retired.Count - 1; i >= 0; i--)
        {
            var counter = scope.Retired[i];
            scope.ReturnIdle(counter, 0);
            var said = counter.LeaveSequence > 0 && counter.LeaveSequence <= scope.AnsweredSequence;
            if (counter.Quiet && said)
            {
                scope.Retired.RemoveAt(i);
                continue;
            }

            if (!counter.Dirty && (!counter.Settled || counter.LeaveSequence > 0))
                continue;
            counter.LeaveSequence = counter.Settled ? scope.Sequence + 1 : 0;
            reports.Add(ReportOf(counter, scope, sinceMs));
        }

        scope.Sequence++;
        var leaving = scope.Retired.Count > 0 || scope.LeaveSequence == scope.Sequence;
        scope.SentEpoch = scope.Epoch;
        scope.SentAtMs = now.MonotonicMs;
        scope.ReportedAtMs = now.MonotonicMs;
        scope.Urgent = false;
        scope.Dirty = scope.Retired.Count > 0;
        Schedule(scope);
        return new SyncRequest(
            Session, scope.Id, scope.Sequence, scope.AckedVersion, scope.Epoch, !scope.Attached, leaving, reports);
    }

    private static CounterReport ReportOf(EdgeCounter counter, EdgeScope scope, long sinceMs)
    {
        var recent = (long)Int128.Min(
            (Int128)counter.TakenSinceReport * 1_000 / sinceMs, LeaseBounds.CounterUnitsMax);
        counter.RateUnitsPerSecond = Math.Max(recent, (counter.RateUnitsPerSecond + recent) / 2);
        counter.TakenSinceReport = 0;
        counter.Dirty = false;
        counter.RefusalSequence = counter.RefusedUnits > 0 ? scope.Sequence + 1 : 0;
        var asks = counter.Limited || !scope.Attached;
        return new CounterReport(
            counter.Id,
            counter.Used,
            counter.Extra,
            counter.Returned,
            counter.Granted,
            counter.Held,
            counter.HeldExtra,
            counter.RateUnitsPerSecond,
            asks ? Math.Max(0, counter.WaitingUnits - counter.Rights) : 0,
            counter.MemoryWanted,
            counter.RecallFollowed,
            counter.RefusedUnits);
    }

    /// <summary>
    /// Checks whether a reply may attach the scope: only the answer to the newest request may, and never with limits
    /// older than those acknowledged while the scope was unknown here.
    /// </summary>
    private bool MayAttach(EdgeScope scope, SyncReply reply) =>
        reply.Sequence == scope.Sequence
        && reply.Limits.Version >= _followedUnattached.GetValueOrDefault(reply.Scope);

    private static void Attach(CoreInstant now, EdgeScope scope, SyncReply reply)
    {
        scope.Attached = true;
        scope.Limits = reply.Limits;
        scope.AckedVersion = reply.Limits.Version;
        scope.TouchedAtMs = now.MonotonicMs;
        scope.FollowLimits(now.WallMs);
        foreach (var line in reply.Lines)
        {
            // This session may have used the scope before and forgotten it: its totals continue from there.
            if (scope.Locate(line.Counter, now.WallMs) is { } counter)
                Continue(counter, line);
        }
    }

    private static void Continue(EdgeCounter counter, in LeaseLine line)
    {
        counter.Unknown = false;
        counter.Used = line.UsedUnits;
        counter.Extra = line.ExtraUnits;
        counter.Returned = line.ReturnedUnits;
        counter.Granted = line.UsedUnits + line.ReturnedUnits;
        counter.LedgerUsedUnits = line.UsedUnits;
        counter.LedgerExtraUnits = line.ExtraUnits;
    }

    /// <summary>
    /// Notes a new epoch. A new activation knows only what is on disk, so everything is reported to it: reports that
    /// the previous activation received and answered are lost.
    /// </summary>
    private void Hear(EdgeScope scope, long epoch)
    {
        if (epoch <= scope.Epoch)
            return;
        scope.Epoch = epoch;
        if (!scope.Attached)
            return;
        scope.MarkAllDirty();
        MakeUrgent(scope);
    }

    private static void Apply(
        CoreInstant now, EdgeScope scope, SyncReply reply, in LeaseLine line, bool newest)
    {
        if (scope.Locate(line.Counter, now.WallMs) is not { } counter || (counter.Unknown && !newest))
            return;
        if (counter.Unknown)
            Continue(counter, line);
        var granted = line.GrantedUnits - counter.Granted;
        if (granted > 0)
        {
            counter.Granted = line.GrantedUnits;
            counter.Rights += granted;
            counter.ExhaustedUntilMs = 0;
            counter.RecallFollowed = 0;
            if (!counter.Limited)
                scope.ReturnIdle(counter, 0);
        }

        FollowReturned(counter, line);
        if (newest)
        {
            HearRefusal(scope, counter, reply);
            counter.OthersUsed = line.OthersUsedUnits;
            counter.OthersHeld = line.OthersHeldUnits;
            counter.Memory = line.Memory;
        }

        // A verdict under limits that are no longer followed says nothing about those that are.
        var current = newest && reply.Limits.Version >= scope.Limits.Version;
        if (current)
            counter.LimitUnits = line.LimitUnits;
        if (granted > 0)
            ReturnBeyondLimit(scope, counter);
        if (current)
            HearVerdict(now, counter, line);
    }

    /// <summary>
    /// Gives up rights that the authority believes to be returned already, because others may have been granted them.
    /// It can't know of more than this edge returned, unless someone else reported it.
    /// </summary>
    private static void FollowReturned(EdgeCounter counter, in LeaseLine line)
    {
        var lost = Math.Min(line.ReturnedUnits - counter.Returned, counter.Rights);
        if (lost <= 0)
            return;
        counter.Rights -= lost;
        counter.Returned += lost;
    }

    /// <summary>
    /// Returns rights beyond the limit. While they were in flight, usage may have been recorded that the authority did
    /// not know of: after a record that exceeded the limit, no request is admitted.
    /// </summary>
    private static void ReturnBeyondLimit(EdgeScope scope, EdgeCounter counter)
    {
        if (counter.LimitUnits is { } limit)
            scope.ReturnIdle(counter, Math.Max(0, limit - counter.UsedUnits - counter.HeldUnits));
    }

    private static void HearVerdict(CoreInstant now, EdgeCounter counter, in LeaseLine line)
    {
        if (line.Verdict == LeaseVerdict.Exhausted)
            counter.ExhaustedUntilMs = now.MonotonicMs + LeaseBounds.ExhaustedCacheMs;
        if (line.Verdict == LeaseVerdict.Stranded)
            counter.StrandedUntilMs = now.MonotonicMs + LeaseBounds.RecallWaitMs;
        var lasting = (Int128)counter.RateUnitsPerSecond * LeaseBounds.GrantHorizonMs / 2_000;
        counter.RefillBelow = line.Verdict == LeaseVerdict.None ? (long)Int128.Min(lasting, counter.Rights / 2) : 0;
    }

    /// <summary>
    /// Clears a refusal once the request that reported it is answered and no later request is open; until then it is
    /// reported again.
    /// </summary>
    private static void HearRefusal(EdgeScope scope, EdgeCounter counter, SyncReply reply)
    {
        var told = counter.RefusalSequence > 0 && counter.RefusalSequence <= scope.AnsweredSequence;
        if (told && reply.RefusalsHeard && scope.AnsweredSequence == scope.Sequence)
            counter.RefusedUnits = 0;
        else if (counter.RefusedUnits > 0)
            counter.Dirty = scope.Dirty = true;
    }
}
