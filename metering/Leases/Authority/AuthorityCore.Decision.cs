using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Authority;

public sealed partial class AuthorityCore
{
    private void Advance(CoreInstant now, AuthorityEffects effects)
    {
        LookAtUsage(now);
        ReadHoldsIfDue(now, effects);
        FollowSwitch(now, effects);
        CallBackOverrun(now, effects);
        foreach (var share in _sessions)
        {
            if (share.Asked != 0)
                Decide(now, share, effects);
        }

        Persist(effects);
        foreach (var share in _sessions)
            AnswerIfReady(now, share, effects);
    }

    /// <summary>
    /// Pushes limits until every session follows them, and until every session from before this activation knows of
    /// it: a session may have more to report than is on disk. Only when all follow are new thresholds compared with
    /// usage, because only then is all earlier usage known; and only then is the change in force.
    /// </summary>
    private void FollowSwitch(CoreInstant now, AuthorityEffects effects)
    {
        var settled = _effectiveVersion >= _limits.Version;
        var all = true;
        foreach (var share in _sessions)
        {
            var follows = settled || share.AckedVersion >= _limits.Version;
            all &= follows;
            if (follows && share.Introduced)
                continue;
            if (share.Fenced || now.MonotonicMs - share.PushedAtMs < LeaseBounds.SyncRetryMs)
                continue;
            share.PushedAtMs = now.MonotonicMs;
            effects.Pushes.Add((share.Session, new LimitsPush(Scope, Epoch, _limits)));
        }

        if (!all || settled || !HoldsFollow(now, effects) || !NothingIdleBeyond(now, effects))
            return;
        if (_followedVersion == _limits.Version)
            return;
        _thresholds.Follow(_limits, _counters.Values, now.WallMs);
        _followedVersion = _limits.Version;
    }

    /// <summary>
    /// Checks whether a lowered limit is binding: outstanding rights fit under it, or no session keeps idle rights.
    /// Grants in flight when it was lowered must have arrived and been returned.
    /// </summary>
    private bool NothingIdleBeyond(CoreInstant now, AuthorityEffects effects)
    {
        var swept = true;
        foreach (var counter in _counters.Values)
        {
            if (!(counter.Committed > LimitOf(counter, now.WallMs)))
                continue;
            foreach (var account in counter.Accounts)
                swept &= Swept(now, counter, account, _limitsSince, effects);
        }

        return swept;
    }

    /// <summary>
    /// Recalls idle rights on counters whose recorded usage is beyond the limit. The usage has happened, so rights
    /// granted earlier are no longer covered: otherwise another edge would admit on them what the total says must be
    /// refused.
    /// </summary>
    private void CallBackOverrun(CoreInstant now, AuthorityEffects effects)
    {
        foreach (var (counter, since) in _overrun)
        {
            var swept = true;
            foreach (var account in counter.Accounts)
                swept &= Swept(now, counter, account, since, effects);
            if (swept || !(counter.Committed > LimitOf(counter, now.WallMs)))
                _overrun.Remove(counter);
        }
    }

    /// <summary>
    /// Compares the usage that an activation finds on disk with its thresholds, because it may have reached one just
    /// before the last activation ended. Later, follows the values that the end of a boost puts in force.
    /// </summary>
    private void LookAtUsage(CoreInstant now)
    {
        if (!_lookedAtUsage)
        {
            _lookedAtUsage = true;
            foreach (var counter in _counters.Values)
                _thresholds.OnUsage(counter, 0, now.WallMs);
        }

        if (_effectiveVersion >= _limits.Version && _thresholds.HasToFollow(now.WallMs))
            _thresholds.Follow(_limits, _counters.Values, now.WallMs);
    }

    private void Decide(CoreInstant now, SessionShare share, AuthorityEffects effects)
    {
        foreach (var order in share.Verdicts.Keys.ToArray())
        {
            if (share.Verdicts[order] is not null)
                continue;
            var counter = _counters[order];
            var account = counter.Of(share.Session);
            share.Verdicts[order] = DecideCounter(now, share, counter, account, effects);
            if (share.Verdicts[order] is not null)
                account.Need = 0;
        }
    }

    /// <summary>Grants rights or says why not; null while rights are on their way back from other edges.</summary>
    private LeaseVerdict? DecideCounter(
        CoreInstant now, SessionShare share, AuthorityCounter counter, Account account, AuthorityEffects effects)
    {
        if (LimitOf(counter, now.WallMs) is not { } limit)
            return LeaseVerdict.None;
        var waitedMs = now.MonotonicMs - share.AskedAtMs;
        if (_sessions.Exists(s => s.AckedVersion < _armsAtVersion))
        {
            // An edge that still believes the counter is unlimited may rely on it: nothing can be granted yet.
            if (account.Need == 0)
                return LeaseVerdict.None;
            return waitedMs >= LeaseBounds.ArmWaitMs ? LeaseVerdict.Stranded : null;
        }

        var available = Math.Max(0, limit - counter.Committed);
        if (account.Shortfall <= available)
        {
            account.Granted += GrantSize(counter, account, available);
            return LeaseVerdict.None;
        }

        var nothingIdle = Recalled(now, counter, account, effects)
            & HoldsReadSince(now, counter, share.HoldsReadBefore, effects);
        if (!nothingIdle && waitedMs < LeaseBounds.RecallWaitMs)
            return null;
        account.Granted += available;
        return nothingIdle ? LeaseVerdict.Exhausted : LeaseVerdict.Stranded;
    }

    /// <summary>
    /// Sizes a grant: rights for one second at the current rate and at least the current need. While others are active,
    /// at most a share of what is left, so that near the limit grants shrink to single requests. While another session
    /// waits for rights, no more than the need.
    /// </summary>
    private static long GrantSize(AuthorityCounter counter, Account account, long available)
    {
        if (counter.Accounts.Any(a => a != account && a.Need > 0))
            return account.Shortfall;
        var lasting = (Int128)account.UnitsPerSecond * LeaseBounds.GrantHorizonMs / 1_000;
        var wanted = Int128.Max(0, lasting - account.MaybeIdle);
        var edges = Math.Max(1, counter.ActiveAccounts);
        var share = edges == 1 ? available : available / (2 * edges);
        return Math.Max(account.Shortfall, (long)Int128.Min(wanted, share));
    }

    /// <summary>
    /// Checks that no other edge holds idle rights: each has used up everything it was granted, or has kept nothing
    /// idle since a recall sent after the need arose.
    /// </summary>
    private bool Recalled(CoreInstant now, AuthorityCounter counter, Account account, AuthorityEffects effects)
    {
        var swept = true;
        foreach (var other in counter.Accounts)
        {
            if (other != account)
                swept &= Swept(now, counter, other, account.NeedSince, effects);
        }

        return swept;
    }

    /// <summary>
    /// Checks whether a session has followed a recall sent after <paramref name="since"/> and has been granted nothing
    /// since. If not, sends one, but only once the session's grants are on disk: an edge that follows a recall before a
    /// grant arrives has not followed it for that grant.
    /// </summary>
    private bool Swept(
        CoreInstant now, AuthorityCounter counter, Account account, long since, AuthorityEffects effects)
    {
        if (account.Outstanding == 0)
            return true;
        if (account.RecallFollowed > since && account.GrantedSeen == account.Granted)
            return true;
        var waits = account.RecallSent > since && now.MonotonicMs - account.RecallSentAtMs < LeaseBounds.RecallRetryMs;
        if (waits || !account.OnDisk || ShareOf(account.Session) is null or { Fenced: true })
            return false;
        account.RecallSent = ++_recalls;
        account.RecallSentAtMs = now.MonotonicMs;
        effects.Recalls.Add((account.Session, new Recall(Scope, Epoch, _recalls, counter.Id, 0)));
        return false;
    }

    private void Persist(AuthorityEffects effects)
    {
        if (_persisting is not null)
            return;
        List<LeaseRow>? rows = null;
        foreach (var counter in _counters.Values)
        {
            foreach (var account in counter.Accounts)
            {
                if (account.OnDisk)
                    continue;
                rows ??= [];
                rows.Add(new LeaseRow(
                    account.Session, counter.Id, account.Granted, account.Returned, account.Memory));
            }
        }

        var proves = _sessions.Exists(s => AwaitsProof(s) || s is { Doubted: not null, DoubtCheckedByBatch: 0 });
        if (rows is null && !proves && _thresholds.AllWritten && _followedVersion <= _effectiveVersion)
            return;
        var (lines, armed) = _thresholds.Unwritten();
        _persisting = new PersistBatch(Scope, Epoch, ++_batches, rows ?? [], lines, _followedVersion, armed);
        foreach (var share in _sessions)
        {
            if (AwaitsProof(share))
                share.CheckedByBatch = _batches;
            if (share is { Doubted: not null, DoubtCheckedByBatch: 0 })
                share.DoubtCheckedByBatch = _batches;
        }

        effects.Persists.Add(_persisting);
    }

    private static bool AwaitsProof(SessionShare share) =>
        share is { Asked: not 0, CheckedByBatch: 0, Decided: true, NeedsProof: true };

    private void AnswerIfReady(CoreInstant now, SessionShare share, AuthorityEffects effects)
    {
        if (share.Asked == 0 || !share.Decided)
            return;

        // The edge forgets a refusal once it is answered, so the threshold events it caused must be on disk by then.
        if (!_thresholds.AllWritten)
            return;
        if (share.NeedsProof && (share.CheckedByBatch == 0 || share.CheckedByBatch > _checkedBatch))
            return;
        foreach (var order in share.Verdicts.Keys)
        {
            if (!_counters[order].Of(share.Session).OnDisk)
                return;
        }

        var lines = new List<LeaseLine>(share.Verdicts.Count);
        foreach (var counter in _counters.Values)
        {
            var asked = share.Verdicts.TryGetValue(SessionShare.Order(counter.Id), out var verdict);
            if (asked || share.Attach)
                lines.Add(LineOf(now, counter, share, verdict ?? LeaseVerdict.None));
        }

        var reply = new SyncReply(Scope, Epoch, share.Asked, _limits, share.RefusalsHeard, lines);
        effects.Replies.Add((share.Session, reply));
        share.Asked = 0;
        share.Attach = false;
        share.Verdicts.Clear();
    }

    private LeaseLine LineOf(CoreInstant now, AuthorityCounter counter, SessionShare share, LeaseVerdict verdict)
    {
        var account = counter.Of(share.Session);
        return new LeaseLine(
            counter.Id,
            account.GrantedOnDisk,
            account.Used,
            account.Extra,
            account.Returned,
            LimitOf(counter, now.WallMs),
            Shown((Int128)counter.Used - account.Used - account.Extra),
            Shown((Int128)counter.Held + counter.Burnt - account.Held - account.UnbackedHeld),
            account.MemoryOnDisk,
            verdict);
    }

    /// <summary>Limits a sum over other sessions to what an edge can add its own amounts to.</summary>
    private static long Shown(Int128 units) => (long)Int128.Clamp(units, 0, LeaseBounds.CounterUnitsMax);
}
