using Microsoft.Extensions.Logging;
using Sluice.Engine.Authorities;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Ledger;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Edges;

/// <summary>
/// The shell around <see cref="EdgeCore"/>: one lock, held for fractions of a microsecond per request. Requests go from
/// here to the ledger; authorities are asked in the background.
/// </summary>
/// <remarks>
/// This file holds the state and the path of one event; <c>Edge.Ledger</c> handles batches, <c>Edge.Reservations</c>
/// ends holds, <c>Edge.Authority</c> talks to authorities.
/// </remarks>
public sealed partial class Edge : IEdgeEndpoint, IBatchOwner, IAsyncDisposable
{
    /// <summary>Events admitted under one lock: some tens of microseconds.</summary>
    private const int AtOnceMax = 64;

    private readonly Lock _gate = new();
    private readonly EdgeCore _core;
    private readonly ReservationBook _reservations = new();
    private readonly UsageEventPool _expiries = new();
    private readonly IAuthorityDirectory _directory;
    private readonly ProcessClock _clock;
    private readonly ILogger _logger;
    private readonly LedgerWriter _ledger;
    private EdgeEffects _effects = new();
    private volatile bool _checkpointWanted;
    private readonly RevocationLog _revocations = new();
    private volatile bool _stopping;

    public Edge(
        SessionId session,
        IAuthorityDirectory directory,
        SessionLedger ledger,
        ProcessClock clock,
        ILogger logger,
        CoreInstant? openedAt = null)
    {
        _core = new EdgeCore(session, openedAt ?? clock.Now);
        _directory = directory;
        _clock = clock;
        _logger = logger;
        _ledger = new LedgerWriter(ledger, this, clock, logger);
    }

    public SessionId Session => _core.Session;

    /// <summary>The caches of keys and rates in this process, notified of changes.</summary>
    internal IEdgeCaches? Caches { get; set; }

    /// <summary>The edges of other nodes, told when one of their holds was ended here.</summary>
    internal IEdgeDirectory? Others { get; set; }

    /// <summary>Whether another node has ended this session for good.</summary>
    public bool Fenced => _core.Fenced;

    /// <summary>Whether requests can be taken now.</summary>
    public bool Accepting => !_stopping && !Fenced && _ledger.Accepting && _core.MayAdmit(_clock.Now);

    /// <summary>Whether the ledger has refused batches for some time although requests are taken.</summary>
    public bool LedgerFails => _ledger.Fails;

    /// <summary>
    /// Whether usage sums have not been written for some time; limits and the ledger are exact even so.
    /// </summary>
    public bool SumsFail => _ledger.SumsFail;

    /// <summary>Whether a limit change waits for a checkpoint.</summary>
    bool IBatchOwner.CheckpointWanted => _checkpointWanted;

    /// <summary>Gets the counters of this edge, for diagnostics.</summary>
    public EdgeCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new EdgeCounts(
                    _core.Keys, _core.Scopes.Count, _core.Waiting, _reservations.Count, _ledger.Queued, _syncs,
                    _ledger.PendingRows, _ledger.FoldedSums);
            }
        }
    }

    /// <summary>The number of revocations so far; to be read before a key's row is.</summary>
    internal long Revocations
    {
        get
        {
            lock (_gate)
                return _revocations.Count;
        }
    }

    /// <summary>
    /// Adds a key that may be used from now on; null if it may have been revoked since its row was read.
    /// </summary>
    internal CachedKey? AddKey(Credential credential, TenantCalendar calendar, long revocationsBefore)
    {
        lock (_gate)
        {
            if (_revocations.MayConcern(credential, revocationsBefore))
                return null;
            var key = MakeKey(credential, calendar);
            _core.AddKey(key);
            return key;
        }
    }

    /// <summary>
    /// Makes a key that has ended, with which nothing new is admitted: usage that was begun with it counts in the
    /// scopes that it had.
    /// </summary>
    internal CachedKey MakeEndedKey(Credential credential, TenantCalendar calendar)
    {
        lock (_gate)
            return MakeKey(credential, calendar);
    }

    /// <summary>Removes keys; once this returns, nothing is admitted with them, including requests that wait.</summary>
    internal void RemoveKeys(IReadOnlyCollection<long> keyIds)
    {
        lock (_gate)
        {
            foreach (var id in keyIds)
            {
                _revocations.AddKey(id);
                _core.RevokeKey(id);
            }
        }
    }

    /// <summary>Removes every key of a tenant, and accepts none whose row was read before.</summary>
    internal void RemoveTenant(long tenantId)
    {
        lock (_gate)
        {
            _revocations.AddTenant(tenantId);
            _core.RevokeKeysOf(new ScopeId(ScopeKind.Tenant, tenantId));
        }
    }

    /// <summary>Checks whether a key may have been revoked since its row was read.</summary>
    internal bool MayBeRevoked(Credential credential, long revocationsBefore)
    {
        lock (_gate)
            return _revocations.MayConcern(credential, revocationsBefore);
    }

    /// <summary>
    /// Admits one event and sends it to the ledger. The answer comes through <see cref="UsageEvent.AnswerAsync"/>.
    /// </summary>
    public void Submit(UsageEvent usage)
    {
        if (!Accepting)
        {
            usage.Answer(UsageVerdict.Unavailable);
            return;
        }

        EdgeEffects? effects;
        AdmissionOutcome outcome;
        lock (_gate)
        {
            outcome = Admit(_clock.Now, usage);
            effects = TakeEffects();
        }

        if (outcome != AdmissionOutcome.Waiting)
            OnAdmissionCompleted(usage);
        Dispatch(effects);
    }

    /// <summary>
    /// Admits many events in order, a few at a time: single requests get the lock in between.
    /// </summary>
    public void Submit(IReadOnlyList<UsageEvent> events)
    {
        Span<bool> waiting = stackalloc bool[AtOnceMax];
        for (var start = 0; start < events.Count; start += AtOnceMax)
        {
            var count = Math.Min(AtOnceMax, events.Count - start);
            if (!Accepting)
            {
                for (var i = start; i < start + count; i++)
                    events[i].Answer(UsageVerdict.Unavailable);
                continue;
            }

            EdgeEffects? effects;
            lock (_gate)
            {
                var now = _clock.Now;
                for (var i = 0; i < count; i++)
                    waiting[i] = Admit(now, events[start + i]) == AdmissionOutcome.Waiting;
                effects = TakeEffects();
            }

            // From here on, a waiting event may be completed and answered by another thread at any time.
            for (var i = 0; i < count; i++)
            {
                if (!waiting[i])
                    OnAdmissionCompleted(events[start + i]);
            }

            Dispatch(effects);
        }
    }

    /// <summary>Whether the ledger's queue has room for this many more events of a tenant.</summary>
    public bool HasRoom(long tenantId, int count) => _ledger.HasRoom(tenantId, count);

    /// <summary>Reads every limit of a key's scopes with usage as this edge knows it.</summary>
    public IReadOnlyList<(LimitReading Reading, UsageState State)> LimitsOf(CachedKey key)
    {
        lock (_gate)
            return LimitReader.ReadAll(key, _clock.WallMs);
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private CachedKey MakeKey(Credential credential, TenantCalendar calendar)
    {
        var scopes = new List<EdgeScope>(EdgeKey.ScopesMax)
        {
            _core.Scope(new ScopeId(ScopeKind.Key, credential.KeyId), calendar),
        };
        if (credential.SeatId != 0)
            scopes.Add(_core.Scope(new ScopeId(ScopeKind.Seat, credential.SeatId), calendar));
        if (credential.ProjectId != 0)
            scopes.Add(_core.Scope(new ScopeId(ScopeKind.Project, credential.ProjectId), calendar));
        scopes.Add(_core.Scope(new ScopeId(ScopeKind.Tenant, credential.TenantId), calendar));
        foreach (var scope in scopes)
        {
            // The row of a key that has ended may be older than a change of its tenant's zone, so it moves only itself.
            if (credential.End == KeyEnd.None || scope.Id.Kind == ScopeKind.Key)
                _core.FollowCalendar(_clock.Now, scope, calendar);
        }

        return new CachedKey(credential, calendar, [.. scopes]);
    }

    private AdmissionOutcome Admit(CoreInstant now, UsageEvent usage)
    {
        usage.Key = usage.Caller;
        var outcome = _core.Admit(now, usage, _effects);
        if (outcome == AdmissionOutcome.Admitted && usage.Memory)
            ChooseAcknowledgement(usage, now.WallMs);
        return outcome;
    }

    /// <summary>
    /// Answers from memory only if the promise can be kept: the rights allow it and the ledger keeps up. Otherwise the
    /// answer waits for the disk.
    /// </summary>
    private void ChooseAcknowledgement(UsageEvent usage, long nowMs)
    {
        usage.Memory = _core.AllowsMemory(usage.Takes) && !usage.HasClientId && _ledger.KeepsUp(usage.Caller.TenantId);
        if (usage.Memory)
            LimitReader.Read(usage, nowMs);
    }

    /// <summary>Handles the end of an event's admission.</summary>
    private void OnAdmissionCompleted(UsageEvent usage)
    {
        switch (usage.Outcome)
        {
            case AdmissionOutcome.Admitted when TryRefuseUnpriced(usage):
                break;
            case AdmissionOutcome.Admitted when usage.Mode == AdmissionMode.Check:
                EndCheck(usage);
                break;
            case AdmissionOutcome.Admitted:
                Enqueue(usage);
                break;
            case AdmissionOutcome.Refused or AdmissionOutcome.CounterFull:
                Refuse(usage);
                break;
            default:
                usage.Answer(VerdictOf(usage.Outcome));
                break;
        }
    }

    private static UsageVerdict VerdictOf(AdmissionOutcome outcome) => outcome switch
    {
        AdmissionOutcome.KeyRevoked => UsageVerdict.KeyRevoked,
        AdmissionOutcome.Stranded => UsageVerdict.Stranded,
        AdmissionOutcome.Overloaded => UsageVerdict.Overloaded,
        AdmissionOutcome.Unreachable or AdmissionOutcome.SessionLost => UsageVerdict.Unavailable,
        _ => throw new InvalidOperationException($"{outcome} is not an end."),
    };

    private void EndCheck(UsageEvent usage)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            var now = _clock.Now;
            LimitReader.Read(usage, now.WallMs, includeOwn: false);
            _core.Refund(now, usage.Key, usage.Takes, _effects);
            effects = TakeEffects();
        }

        usage.Answer(UsageVerdict.Allowed);
        Dispatch(effects);
    }

    private UsageVerdict RefusalOfQueue =>
        _ledger.Accepting && !_stopping ? UsageVerdict.Overloaded : UsageVerdict.Unavailable;

    private void Enqueue(UsageEvent usage)
    {
        FillPeriods(usage);
        if (!usage.Memory)
        {
            if (!_ledger.Accepting || !_ledger.TryEnqueue(usage))
                GiveUp(usage, RefusalOfQueue);
            return;
        }

        // The ledger may write and answer the event, and its caller may release it, before it is answered here. Without
        // a hold it could be another caller's event by then.
        usage.Hold();
        if (_ledger.Accepting && _ledger.TryEnqueue(usage))
            usage.Answer(UsageVerdict.Allowed);
        else
            GiveUp(usage, RefusalOfQueue);
        usage.Release();
    }

    /// <summary>
    /// Says of an entry in which periods it counts, and of one that is held, or counts where a hold is, in which
    /// counters.
    /// </summary>
    private static void FillPeriods(UsageEvent usage)
    {
        var entry = usage.Entry;
        var periods = usage.Caller.PeriodsAt(entry.AdmittedAtMs);
        (entry.Month, entry.Day) = (periods.Month.Key.Value, periods.Day.Key.Value);
        // Those in which the takes were made, the first ones if there are several: the request may have waited past the
        // end of a period, and a commit counts in those of its hold.
        var takes = usage.Takes.Items;
        for (var i = takes.Length - 1; i >= 0; i--)
            EntryShares.Follow(entry, takes[i].Counter.Id.Period);
        if (entry.Kind == EntryKind.Reserve)
            EntryShares.OfReservation(entry, usage.Takes);
        else if (usage.HandedOver is not null)
            EntryShares.OfCommit(entry, usage.HoldUses);
    }

    private void GiveUp(UsageEvent usage, UsageVerdict verdict)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            UndoTakes(usage);
            effects = TakeEffects();
        }

        usage.Answer(verdict);
        Dispatch(effects);
    }

    private EdgeEffects? TakeEffects()
    {
        _checkpointWanted |= _effects.CheckpointWanted;
        foreach (var request in _effects.Resolved)
        {
            // The event waited for its rights, so only now is it known what they allow.
            if (request is UsageEvent { Outcome: AdmissionOutcome.Admitted, Memory: true } usage)
                ChooseAcknowledgement(usage, _clock.WallMs);
        }

        if (_effects.Syncs.Count == 0 && _effects.Resolved.Count == 0)
        {
            _effects.CheckpointWanted = false;
            return null;
        }

        var taken = _effects;
        _effects = new EdgeEffects();
        return taken;
    }
}
