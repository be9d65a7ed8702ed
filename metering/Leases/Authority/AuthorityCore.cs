using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// Owns the counters of one scope and leases rights on them, so that used plus outstanding units never exceed the
/// limit. Single-threaded by contract, no I/O, no clock: external actions go into <see cref="AuthorityEffects"/>.
/// Rights are announced only after they are on disk.
/// </summary>
/// <remarks>
/// This file handles messages; <c>AuthorityCore.Sessions</c> follows the beginning and end of sessions,
/// <c>AuthorityCore.Holds</c> counts the open holds of settled ones, <c>AuthorityCore.Decision</c> decides and answers,
/// <c>AuthorityCore.Refusal</c> refuses messages that can't be true.
/// </remarks>
public sealed partial class AuthorityCore
{
    private const long RecallsPerEpoch = 1_000_000_000;

    private readonly SortedDictionary<(short Metric, int Period), AuthorityCounter> _counters = [];
    private readonly List<SessionShare> _sessions = [];
    private readonly HashSet<SessionId> _settled = [];

    // Counters whose recorded usage went beyond their limit, with the last recall before that: idle rights are
    // recalled.
    private readonly Dictionary<AuthorityCounter, long> _overrun = [];
    private readonly ThresholdBook _thresholds;
    private LimitSet _limits;
    private long _armsAtVersion;
    private long _effectiveVersion;
    private long _followedVersion;
    private long _recalls;
    private long _limitsSince;
    private long _batches;
    private long _checkedBatch;
    private PersistBatch? _persisting;
    private bool _lookedAtUsage;

    public AuthorityCore(AuthoritySnapshot snapshot)
    {
        Scope = snapshot.Scope;
        Epoch = snapshot.Epoch;
        _limits = snapshot.Limits;
        _recalls = _limitsSince = snapshot.Epoch * RecallsPerEpoch;
        _thresholds = new ThresholdBook(snapshot.Limits, snapshot.Thresholds, snapshot.Armed);
        foreach (var session in snapshot.Sessions)
            _sessions.Add(new SessionShare(session));
        foreach (var settled in snapshot.Settled)
        {
            var counter = CounterOf(settled.Counter);
            counter.SettledUsed = settled.UsedUnits;
            counter.Burnt = settled.BurntUnits;
        }

        // A limit of nothing fires at a refusal, without any usage: its counter has no account, but must resolve.
        foreach (var line in snapshot.Thresholds)
            CounterOf(line.Counter);
        foreach (var row in snapshot.Accounts)
            Load(CounterOf(row.Counter).Of(row.Session), row);

        foreach (var row in snapshot.HandedOver)
        {
            _settled.Add(row.Session);
            CounterOf(row.Counter).AddHandedOver(row);
        }

        // If an earlier activation saw this version in force, every edge follows it. Otherwise some edges may still
        // believe that a counter is unlimited, and all must catch up before the first grant.
        _effectiveVersion = snapshot.EffectiveVersion;
        _armsAtVersion = _effectiveVersion >= _limits.Version ? 0 : _limits.Version;

        // The holds were read with the limits: no other reading is needed to follow these.
        _holdsWanted = -1;
    }

    public ScopeId Scope { get; }

    public long Epoch { get; }

    /// <summary>The limits that edges must follow.</summary>
    public LimitSet Limits => _limits;

    /// <summary>Whether another activation has taken over; this one then answers nothing.</summary>
    public bool Deposed { get; private set; }

    /// <summary>The newest limit version that every live session follows, with no idle rights left beyond it.</summary>
    public long EffectiveVersion => _effectiveVersion;

    internal IReadOnlyCollection<AuthorityCounter> Counters => _counters.Values;

    internal IReadOnlyList<SessionShare> Shares => _sessions;

    /// <summary>
    /// Whether time must pass for something to happen: an answer, or a repeated push. While true, call
    /// <see cref="Tick"/> about every <see cref="LeaseBounds.RecallRetryMs"/>.
    /// </summary>
    public bool WantsTick =>
        !Deposed && (_effectiveVersion < _limits.Version || _overrun.Count > 0
            || _sessions.Exists(s => s.Asked != 0 || s.Doubted is not null || !s.Introduced));

    /// <summary>Reads the live state of every counter known here.</summary>
    public IEnumerable<CounterReading> Read(long nowMs)
    {
        foreach (var counter in _counters.Values)
            yield return new CounterReading(counter.Id, counter.Used, counter.Held, LimitOf(counter, nowMs));
    }

    /// <summary>
    /// Handles a sync of an edge. The answer is an effect, now or later. A sync from an unknown session is ignored: the
    /// session may have been settled long ago, and its usage must not be counted again.
    /// </summary>
    public void OnSync(CoreInstant now, SyncRequest request, AuthorityEffects effects)
    {
        if (Deposed || _settled.Contains(request.Session))
            return;
        if (ShareOf(request.Session) is not { } share)
        {
            effects.UnknownSessions.Add(request.Session);
            return;
        }

        if (share.Fenced)
            return;
        if (!Believes(share, request))
        {
            Refuse(share, request.Sequence, SyncOutcome.Implausible, effects);
            return;
        }

        if (SyncRules.IsBeforeAnyRepeat(request.Sequence, share.Sequence))
        {
            StartOver(share, request.Sequence, effects);
            return;
        }

        if (request.Sequence > 0 && request.Sequence < share.Sequence)
            Refuse(share, request.Sequence, SyncOutcome.Overtaken, effects);
        if (request.Epoch > Epoch)
        {
            Doubt(now, share, request, effects);
            return;
        }

        // Refusals under other limits say nothing about these, and these must have been compared with usage first.
        var hears = request.LimitVersion == _limits.Version && _effectiveVersion == _limits.Version;
        var newest = request.Sequence > share.Sequence;
        foreach (var report in request.Reports)
        {
            Merge(now, request.Session, report, newest);
            var refused = hears ? report.RefusedUnits : 0;
            _thresholds.OnUsage(CounterOf(report.Counter), refused, now.WallMs);
        }

        // An attaching edge has nothing to report: before it forgot the scope, the newest authority had received all of
        // it.
        share.Introduced |= request.Attach;

        // An acknowledgement means that all earlier usage was reported; only an edge that knows of this activation can
        // have reported it here.
        if (request.Epoch == Epoch)
        {
            share.Introduced = true;

            // No one can follow limits that do not exist yet.
            share.AckedVersion = Math.Max(share.AckedVersion, Math.Min(request.LimitVersion, _limits.Version));
        }

        if (newest)
        {
            share.RefusalsHeard = hears;
            Ask(now, share, request);
        }

        Advance(now, effects);
    }

    /// <summary>Handles the result of writing a batch.</summary>
    /// <param name="now">Now.</param>
    /// <param name="number">The number of the batch.</param>
    /// <param name="outcome">The known result.</param>
    /// <param name="leftOut">Sessions whose rows the store skipped because they are fenced. They must not learn of
    /// rights that are not on disk.</param>
    /// <param name="effects">Receives the next actions.</param>
    public void OnPersisted(
        CoreInstant now,
        long number,
        PersistOutcome outcome,
        IReadOnlyList<SessionId> leftOut,
        AuthorityEffects effects)
    {
        if (Deposed || _persisting is not { } batch || batch.Number != number)
            return;
        _persisting = null;
        if (outcome == PersistOutcome.Deposed)
        {
            Depose(effects);
            return;
        }

        foreach (var session in leftOut)
            Silence(session);
        if (outcome == PersistOutcome.Done)
        {
            Written(batch, effects);
            EndDoubts(effects);
        }
        else
            ForgetChecks(number);
        Advance(now, effects);
    }

    /// <summary>Applies changed limits. <see cref="AuthorityEffects.Effective"/> says when they are in force.</summary>
    public void OnLimits(CoreInstant now, LimitSet limits, AuthorityEffects effects)
    {
        if (Deposed || limits.Version <= _limits.Version)
        {
            if (limits.Version <= _effectiveVersion)
                effects.Effective.Add(_effectiveVersion);

            // This may be the first and last message an activation gets: it was started for usage that no live edge
            // would report.
            if (!Deposed && !_lookedAtUsage)
                Advance(now, effects);
            return;
        }

        foreach (var limit in limits.Limits)
        {
            if (limit.Kind == LimitKind.Blocked && _limits.BlockedAt(limit.Metric, limit.Period, now.WallMs) is null)
                _armsAtVersion = limits.Version;
        }

        _limits = limits;
        _limitsSince = _recalls;
        _holdsWanted = _holdReads;
        foreach (var share in _sessions)
            share.PushedAtMs = long.MinValue / 2;
        Advance(now, effects);
    }

    /// <summary>Advances time: ends recalls, repeats pushes, ends boosts.</summary>
    public void Tick(CoreInstant now, AuthorityEffects effects) => Advance(now, effects);

    private static void Load(Account account, AccountSnapshot row)
    {
        account.Granted = account.GrantedOnDisk = row.GrantedUnits;
        account.Returned = account.ReturnedOnDisk = row.ReturnedUnits;
        account.Used = row.UsedUnits;
        account.Extra = row.ExtraUnits;
        account.Memory = account.MemoryOnDisk = row.Memory;
    }

    private void Merge(CoreInstant now, SessionId session, in CounterReport report, bool newest)
    {
        var counter = CounterOf(report.Counter);
        var account = counter.Of(session);
        var recorded = report.ExtraUnits > account.Extra;
        account.Used = Math.Max(account.Used, report.UsedUnits);
        account.Extra = Math.Max(account.Extra, report.ExtraUnits);
        account.Returned = Math.Max(account.Returned, report.ReturnedUnits);
        if (newest)
        {
            account.Held = report.HeldUnits;
            account.UnbackedHeld = report.UnbackedHeldUnits;
            account.UnitsPerSecond = report.UnitsPerSecond;
            account.Need = report.NeedUnits;
            account.GrantedSeen = report.GrantedUnits;
            account.RecallFollowed = report.RecallFollowed;
            account.NeedSince = _recalls;
            account.Memory |= report.Memory;
        }

        if (recorded && counter.Committed > LimitOf(counter, now.WallMs))
            _overrun[counter] = _recalls;
    }

    private void Ask(CoreInstant now, SessionShare share, SyncRequest request)
    {
        share.Sequence = request.Sequence;
        share.Asked = request.Sequence;
        share.AskedAtMs = now.MonotonicMs;
        share.HoldsReadBefore = _holdReads;
        share.Attach |= request.Attach;
        share.Leaving = request.Leaving;
        share.CheckedByBatch = 0;
        share.Verdicts.Clear();
        foreach (var report in request.Reports)
            share.Verdicts[SessionShare.Order(report.Counter)] = null;
        if (!request.Attach)
            return;
        foreach (var counter in _counters.Values)
        {
            // The edge knows nothing yet: all rights that it has not used or returned reach it with the answer.
            if (counter.Find(share.Session) is not { } account)
                continue;
            account.GrantedSeen = account.Used + account.Returned;
            account.RecallFollowed = 0;
        }
    }

    private void Written(PersistBatch batch, AuthorityEffects effects)
    {
        _checkedBatch = batch.Number;
        if (batch.EffectiveVersion > _effectiveVersion)
        {
            _effectiveVersion = batch.EffectiveVersion;
            effects.Effective.Add(_effectiveVersion);
        }

        foreach (var row in batch.Leases)
        {
            if (CounterOf(row.Counter).Find(row.Session) is not { } account)
                continue;
            account.GrantedOnDisk = row.GrantedUnits;
            account.ReturnedOnDisk = row.ReturnedUnits;
            account.MemoryOnDisk = row.Memory;
        }

        _thresholds.Written(batch);
    }

    private void ForgetChecks(long batch)
    {
        foreach (var share in _sessions)
        {
            if (share.CheckedByBatch == batch)
                share.CheckedByBatch = 0;
            if (share.DoubtCheckedByBatch == batch)
                share.DoubtCheckedByBatch = 0;
        }
    }

    private AuthorityCounter CounterOf(CounterId id)
    {
        var order = SessionShare.Order(id);
        if (!_counters.TryGetValue(order, out var counter))
            _counters.Add(order, counter = new AuthorityCounter(id));
        return counter;
    }

    private AuthorityCounter? FindCounter(CounterId id) => _counters.GetValueOrDefault(SessionShare.Order(id));

    private long? LimitOf(AuthorityCounter counter, long nowMs) =>
        _limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, nowMs);
}
