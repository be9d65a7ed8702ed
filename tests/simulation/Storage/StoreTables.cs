using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;

namespace Sluice.Simulation.Storage;

/// <summary>
/// The rows that PostgreSQL would hold, and the transactions on them; each method is one atomic commit. Rules that the
/// database would enforce, and cumulative values that must not fall, are checked here.
/// </summary>
internal sealed class StoreTables(PlantedBug bug, Trace trace)
{
    private readonly Dictionary<long, SessionRow> _sessions = [];
    private readonly Dictionary<ScopeId, ScopeRow> _scopes = [];
    private readonly Dictionary<(SessionId Session, CounterKey Counter), AccountRow> _accounts = [];
    private readonly Dictionary<CounterKey, SettledSnapshot> _settled = [];
    private readonly Dictionary<long, long> _events = [];
    private readonly Dictionary<(SessionId Session, CounterKey Counter), Tally> _bySession = [];
    private readonly Dictionary<CounterKey, Tally> _byCounter = [];
    private readonly HashSet<long> _revokedKeys = [];
    private long _lastSession;

    /// <summary>Reservations and handed-over holds.</summary>
    public HoldTables Holds { get; } = new(bug, trace);

    public IEnumerable<SessionRow> Sessions => _sessions.Values;

    public IEnumerable<KeyValuePair<CounterKey, Tally>> Ledger => _byCounter;

    /// <summary>Called when an entry was added to the ledger.</summary>
    public Action<LedgerEntry>? OnAppended { get; set; }

    /// <summary>Called when a threshold fired: the outbox row was written.</summary>
    public Action<ScopeId, ThresholdLine>? OnFired { get; set; }

    public SessionRow Session(SessionId id) => _sessions[id.Value];

    /// <summary>Whether a session is known and not fenced.</summary>
    public bool Lives(SessionId id) => _sessions.TryGetValue(id.Value, out var row) && !row.Fenced;

    public ScopeRow Scope(ScopeId id) => _scopes[id];

    public void AddScope(ScopeId id, LimitSet limits) => _scopes.Add(id, new ScopeRow(limits));

    public bool InLedger(long eventId) => _events.ContainsKey(eventId);

    public long LedgerUnits(CounterKey counter) => _byCounter.TryGetValue(counter, out var sum) ? sum.Units : 0;

    public Tally LedgerOf(SessionId session, CounterKey counter) =>
        _bySession.TryGetValue((session, counter), out var sum) ? sum : new Tally();

    public long GrantedOnDisk(SessionId session, CounterKey counter) =>
        _accounts.TryGetValue((session, counter), out var row) ? row.Granted : 0;

    public long BurntUnits(CounterKey counter) => _settled.TryGetValue(counter, out var sum) ? sum.BurntUnits : 0;

    public SessionId StartSession(long nowUs)
    {
        var id = new SessionId(++_lastSession);
        _sessions.Add(id.Value, new SessionRow(id, nowUs));
        return id;
    }

    /// <summary>Records a heartbeat; returns false once the session is fenced.</summary>
    public bool Beat(SessionId session, long nowUs)
    {
        var row = Session(session);
        if (!row.Fenced)
            row.LastBeatUs = nowUs;
        return !row.Fenced;
    }

    public BatchResult Write(LedgerBatch batch)
    {
        var session = Session(batch.Session);
        if (session.Fenced && bug != PlantedBug.NoFence)
            return new BatchResult(false, true, []);
        if (batch.Number <= session.LastBatch)
            throw new InvariantViolation("shell", $"batch {batch.Number} of {batch.Session} written twice");
        var results = new EntryResult[batch.Entries.Count];
        var added = new Dictionary<CounterKey, Tally>();
        for (var i = 0; i < results.Length; i++)
            results[i] = Append(batch.Session, batch.Number, batch.Entries[i], added);
        foreach (var account in batch.Accounts)
            Raise(batch.Session, account, added.GetValueOrDefault(account.Counter));
        session.LastBatch = batch.Number;
        return session.LastResult = new BatchResult(true, false, results);
    }

    /// <summary>Returns the result of a batch; it waits for a transaction that is still open.</summary>
    public BatchResult Resolve(SessionId id, long number)
    {
        var session = Session(id);
        return session.LastBatch == number
            ? session.LastResult! with { Fenced = session.Fenced }
            : new BatchResult(false, session.Fenced, []);
    }

    public AuthoritySnapshot Activate(ScopeId id)
    {
        var scope = _scopes[id];
        scope.Epoch++;
        foreach (var over in Holds.Fold(id))
            AddSettled(new CounterKey(id, over.Counter), over.UsedUnits, 0);
        var accounts = _accounts.Where(a => a.Key.Counter.Scope == id)
            .Select(a => new AccountSnapshot(
                a.Key.Session, a.Key.Counter.Counter, a.Value.Granted, a.Value.Returned, a.Value.Used, a.Value.Extra,
                a.Value.Memory))
            .ToArray();
        return new AuthoritySnapshot(
            id,
            scope.Epoch,
            scope.Limits,
            scope.EffectiveVersion,
            accounts,
            [.. _settled.Where(s => s.Key.Scope == id).Select(s => s.Value)],
            [.. scope.Marks.Values],
            [.. scope.Armed],
            [.. _sessions.Values.Where(s => !s.Settled).Select(s => s.Id)])
        {
            HandedOver = Holds.Read(id),
        };
    }

    public PersistResult Persist(PersistBatch batch)
    {
        var scope = _scopes[batch.Scope];
        if (batch.Epoch != scope.Epoch)
            return new PersistResult(PersistOutcome.Deposed, []);
        var leftOut = new List<SessionId>();
        foreach (var row in batch.Leases)
        {
            if (Session(row.Session).Fenced && bug != PlantedBug.NoFence)
                leftOut.Add(row.Session);
            else
                Lease(batch.Scope, row);
        }

        foreach (var line in batch.Thresholds)
            Mark(batch.Scope, scope, line);
        scope.Armed.UnionWith(batch.Armed);
        scope.EffectiveVersion = Math.Max(scope.EffectiveVersion, batch.EffectiveVersion);
        return new PersistResult(PersistOutcome.Done, leftOut);
    }

    public long SetLimits(ScopeId id, LimitSet limits)
    {
        var scope = _scopes[id];
        if (limits.Version > scope.Limits.Version)
            scope.Limits = limits;
        return scope.Limits.Version;
    }

    public void RevokeKey(long key) => _revokedKeys.Add(key);

    public bool KeyLives(long key) => !_revokedKeys.Contains(key);

    /// <summary>Fences a session: from now on nothing is written for it.</summary>
    public void Fence(SessionId id) => Session(id).Fenced = true;

    /// <summary>
    /// Ends a session by its own process, after everything is written: nothing was used only in memory.
    /// </summary>
    public void Close(SessionId id)
    {
        Session(id).Fenced = true;
        foreach (var (key, row) in _accounts)
            row.Memory &= key.Session != id;
    }

    /// <summary>
    /// Sums a fenced session's usage from the ledger, hands over its open holds, and deletes its rows: R = G − U − H.
    /// Rights that may have been used only in memory stay counted until the period ends. Null if that was done before.
    /// </summary>
    public IReadOnlyList<(ScopeId Scope, SettledSnapshot Left)>? Settle(SessionId id)
    {
        var session = Session(id);
        if (session.Settled)
            return null;
        session.Settled = true;
        var left = new List<(ScopeId, SettledSnapshot)>();
        var held = Holds.HandOver(id);
        foreach (var key in _accounts.Keys.Concat(_bySession.Keys).Where(k => k.Session == id).Distinct().ToArray())
        {
            var used = LedgerOf(id, key.Counter);
            var heldRights = held.GetValueOrDefault(key.Counter)?.RightsUnits ?? 0;
            var row = _accounts.GetValueOrDefault(key) ?? new AccountRow();
            if (row.Returned + used.RightsUnits + heldRights > row.Granted)
                throw new InvariantViolation("INV13", $"{id} in {key.Counter} gave away rights of its open holds");
            var burnt = row.Memory ? row.Granted - row.Returned - used.RightsUnits - heldRights : 0;
            if (burnt > 0)
                trace.Add("rights burnt", id.Value, burnt);
            var share = new SettledSnapshot(key.Counter.Counter, used.Units, burnt);
            left.Add((key.Counter.Scope, share));
            AddSettled(key.Counter, share.UsedUnits, share.BurntUnits);
            _accounts.Remove(key);
        }

        return left;
    }

    private void AddSettled(CounterKey counter, long used, long burnt)
    {
        var sum = _settled.GetValueOrDefault(counter, new SettledSnapshot(counter.Counter, 0, 0));
        _settled[counter] = sum with { UsedUnits = sum.UsedUnits + used, BurntUnits = sum.BurntUnits + burnt };
    }

    private EntryResult Append(
        SessionId session, long batch, LedgerEntry entry, Dictionary<CounterKey, Tally> added)
    {
        if (_events.ContainsKey(entry.EventId))
        {
            Holds.AppendAgain(entry);
            return EntryResult.Repeat;
        }

        if (!Holds.Fits(entry))
            return EntryResult.HoldMoved;
        _events.Add(entry.EventId, batch);
        Holds.Append(session, entry);
        OnAppended?.Invoke(entry);
        if (!entry.Counts)
            return EntryResult.Written;
        foreach (var use in entry.HoldUses ?? [])
        {
            var key = new CounterKey(use.Scope, use.Counter);
            Add(_byCounter, key, new BookedTake(key, 0, use.UsedUnits, false));
        }

        foreach (var take in entry.Takes)
        {
            Add(_bySession, (session, take.Counter), take);
            Add(_byCounter, take.Counter, take);
            Add(added, take.Counter, take);
        }

        return EntryResult.Written;
    }

    private static void Add<TKey>(Dictionary<TKey, Tally> sums, TKey key, in BookedTake take)
        where TKey : notnull
    {
        if (!sums.TryGetValue(key, out var sum))
            sums.Add(key, sum = new Tally());
        sum.RightsUnits += take.RightsUnits;
        sum.ExtraUnits += take.ExtraUnits;
    }

    private void Raise(SessionId session, in AccountBase account, Tally? added)
    {
        var row = RowOf(session, account.Counter);
        var used = account.UsedUnits + (added?.RightsUnits ?? 0);
        var extra = account.ExtraUnits + (added?.ExtraUnits ?? 0);
        if (used < row.Used || extra < row.Extra)
        {
            throw new InvariantViolation(
                "INV4", $"account of {session} in {account.Counter} falls: U {row.Used}→{used}, X {row.Extra}→{extra}");
        }

        var ledger = LedgerOf(session, account.Counter);
        if (used != ledger.RightsUnits || extra != ledger.ExtraUnits)
        {
            throw new InvariantViolation(
                "INV7",
                $"account of {session} in {account.Counter} is U {used} X {extra}, the ledger has " +
                $"{ledger.RightsUnits} and {ledger.ExtraUnits}");
        }

        row.Used = used;
        row.Extra = extra;
    }

    private void Lease(ScopeId scope, in LeaseRow lease)
    {
        var counter = new CounterKey(scope, lease.Counter);
        var row = RowOf(lease.Session, counter);

        // A batch of unknown outcome may land after a later one, so rows are raised and never lowered.
        row.Granted = Math.Max(row.Granted, lease.GrantedUnits);
        row.Returned = Math.Max(row.Returned, lease.ReturnedUnits);
        row.Memory |= lease.Memory;
    }

    private void Mark(ScopeId id, ScopeRow scope, in ThresholdLine line)
    {
        var key = (line.LimitId, line.ValueUnits, line.Counter.Period.Value);
        if (scope.Marks.TryGetValue(key, out var old))
        {
            // A batch of unknown outcome may land after a later one: a status only rises.
            if (old == line || old.Status > line.Status)
                return;
            if (old.Status == line.Status && line.Status != ThresholdStatus.Quiet)
                throw new InvariantViolation("INV12", $"limit {line.LimitId} of {id.Kind}{id.Value}: twice {line}");
        }

        if (line.Status == ThresholdStatus.Resolved && old.Status != ThresholdStatus.Fired)
            throw new InvariantViolation("INV12", $"limit {line.LimitId} of {id.Kind}{id.Value} never fired: {line}");
        scope.Marks[key] = line;
        if (line.Status == ThresholdStatus.Fired)
            OnFired?.Invoke(id, line);
    }

    private AccountRow RowOf(SessionId session, CounterKey counter)
    {
        if (!_accounts.TryGetValue((session, counter), out var row))
            _accounts.Add((session, counter), row = new AccountRow());
        return row;
    }
}
