using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Holds;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;

namespace Sluice.Simulation.Storage;

/// <summary>
/// Reservations: what the ledger says of them, the rows of those that were handed over, and the totals of these by
/// session and counter. Each method is a part of one transaction of <see cref="StoreTables"/>.
/// </summary>
internal sealed class HoldTables(PlantedBug bug, Trace trace)
{
    private readonly Dictionary<long, ReservationRow> _reservations = [];
    private readonly SortedDictionary<long, ReservationRow> _handedOver = [];
    private readonly Dictionary<(SessionId Session, CounterKey Counter), HandedOverSnapshot> _totals = [];

    /// <summary>Called when the entry that makes a reservation is in the ledger.</summary>
    public Action<long, ReservationRow>? OnOpened { get; set; }

    /// <summary>Called when a reservation ends in the ledger or, for one that was handed over, in its row.</summary>
    public Action<long, bool>? OnEnded { get; set; }

    /// <summary>Whether a handed-over hold has expired.</summary>
    public bool HasExpired(long nowMs) => _handedOver.Values.Any(r => r.ExpiresAtMs <= nowMs);

    public HoldView? Find(long holdId) => _reservations.TryGetValue(holdId, out var row)
        ? new HoldView(
            row.Session, row.Ended, _handedOver.ContainsKey(holdId) ? new HandedOverHold(LinesOf(row)) : null,
            row.Prolongations, row.ExpiresAtMs)
        : null;

    /// <summary>
    /// Checks whether an entry finds its hold as its edge did. The session of the hold is locked against its
    /// settlement from here to the end of the transaction.
    /// </summary>
    public bool Fits(LedgerEntry entry) => entry.Kind switch
    {
        EntryKind.Commit => entry.HoldUses is not null == _handedOver.ContainsKey(entry.HoldId),
        EntryKind.Prolong => _reservations[entry.HoldId] is { Ended: false },
        _ => true,
    };

    /// <summary>Applies an entry that has been added to the ledger.</summary>
    public void Append(SessionId session, LedgerEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reserve:
                var made = new ReservationRow(session, entry);
                _reservations.Add(entry.HoldId, made);
                OnOpened?.Invoke(entry.HoldId, made);
                break;
            case EntryKind.Prolong:
                var row = _reservations[entry.HoldId];
                row.Prolongations++;
                row.ExpiresAtMs = Math.Max(row.ExpiresAtMs, entry.ExpiresAtMs);
                trace.Add(_handedOver.ContainsKey(entry.HoldId) ? "handed-over hold prolonged" : "hold prolonged");
                break;
            case EntryKind.Commit or EntryKind.Release or EntryKind.Expire:
                End(entry.HoldId, entry.Kind, entry.HoldUses);
                break;
        }
    }

    /// <summary>Planted bug: a repeated end of a handed-over hold ends it once more.</summary>
    public void AppendAgain(LedgerEntry entry)
    {
        if (bug == PlantedBug.HoldEndedTwice && entry.Kind is EntryKind.Commit or EntryKind.Release)
            End(entry.HoldId, entry.Kind, entry.HoldUses);
    }

    /// <summary>
    /// Hands over the open holds of a session that is being settled: from now on their rows are the holds.
    /// </summary>
    /// <returns>The units under rights, and all units, by counter.</returns>
    public Dictionary<CounterKey, Tally> HandOver(SessionId session)
    {
        var sums = new Dictionary<CounterKey, Tally>();
        var open = new Dictionary<CounterKey, int>();
        foreach (var (id, row) in _reservations)
        {
            if (row.Session != session || row.Ended || bug == PlantedBug.HoldLostWithSession)
                continue;
            trace.Add("hold handed over", session.Value, id);
            _handedOver.Add(id, row);
            foreach (var take in row.Entry.Takes)
            {
                if (!sums.TryGetValue(take.Counter, out var sum))
                    sums.Add(take.Counter, sum = new Tally());
                open[take.Counter] = open.GetValueOrDefault(take.Counter) + 1;
                sum.RightsUnits += take.RightsUnits;
                sum.ExtraUnits += take.ExtraUnits;
            }
        }

        foreach (var (counter, sum) in sums)
            _totals.Add(
                (session, counter), new HandedOverSnapshot(session, counter.Counter, open[counter], sum.Units, 0));
        return sums;
    }

    /// <summary>
    /// Ends the handed-over holds that have expired; one transaction, by any node, any number of times.
    /// </summary>
    public void Expire(long nowMs)
    {
        foreach (var (id, row) in _handedOver.Where(r => r.Value.ExpiresAtMs <= nowMs).ToArray())
        {
            if (!row.Ended || bug == PlantedBug.HoldEndedTwice)
                End(id, EntryKind.Expire, null);
        }
    }

    /// <summary>Reads the handed-over holds of a scope.</summary>
    public IReadOnlyList<HandedOverSnapshot> Read(ScopeId scope) =>
        [.. _totals.Where(t => t.Key.Counter.Scope == scope).Select(t => t.Value)];

    /// <summary>Reads the handed-over holds of a session, in all scopes.</summary>
    public IReadOnlyList<(ScopeId Scope, HandedOverSnapshot Row)> Of(SessionId session) =>
        [.. _totals.Where(t => t.Key.Session == session).Select(t => (t.Key.Counter.Scope, t.Value))];

    /// <summary>
    /// Removes the totals of a scope in which no hold is open any more, and returns them. Only an activation may do
    /// this: every older one, which would still read them, is deposed by it.
    /// </summary>
    public IReadOnlyList<HandedOverSnapshot> Fold(ScopeId scope)
    {
        var over = _totals.Where(t => t.Key.Counter.Scope == scope && t.Value.OpenHolds == 0).ToArray();
        foreach (var (key, _) in over)
            _totals.Remove(key);
        return [.. over.Select(t => t.Value)];
    }

    private static List<HoldLine> LinesOf(ReservationRow row) =>
        [.. row.Entry.Takes.Select(t => new HoldLine(t.Counter.Scope, t.Counter.Counter, t.RightsUnits, t.ExtraUnits))];

    private void End(long id, EntryKind how, IReadOnlyList<HoldUse>? uses)
    {
        var row = _reservations[id];
        row.Ended = true;
        var handedOver = _handedOver.ContainsKey(id);
        OnEnded?.Invoke(id, handedOver);
        if (!handedOver)
            return;
        trace.Add("handed-over hold " + how switch
        {
            EntryKind.Commit => "committed",
            EntryKind.Release => "released",
            _ => "expired",
        });
        if (bug != PlantedBug.HoldEndedTwice || how == EntryKind.Expire)
            _handedOver.Remove(id);
        foreach (var use in uses ?? [.. LinesOf(row).Select(l => new HoldUse(l.Scope, l.Counter, l.Units, 0))])
            Change(row.Session, use);
    }

    private void Change(SessionId session, in HoldUse use)
    {
        var key = (session, new CounterKey(use.Scope, use.Counter));
        var total = _totals[key];
        _totals[key] = total with
        {
            OpenHolds = total.OpenHolds - 1,
            HeldUnits = total.HeldUnits - use.HeldUnits,
            UsedUnits = total.UsedUnits + use.UsedUnits,
        };
        if (total.HeldUnits < use.HeldUnits || total.OpenHolds == 0)
            throw new InvariantViolation("INV13", $"{use.Counter} of {session}: holds have ended that were not open");
    }
}
