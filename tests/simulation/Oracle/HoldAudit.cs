using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Authorities;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Oracle;

/// <summary>
/// Checks INV13: a hold is counted as held, once, from its answer to its end, whatever dies. Knows from the ledger
/// which reservations are open, and compares with what edges and authorities hold. Checks the half of INV14 that
/// concerns holds: what has ended does not end again.
/// </summary>
internal sealed class HoldAudit
{
    private readonly World _world;
    private readonly Dictionary<long, (SessionId Session, SimRequest Request)> _open = [];
    private readonly Dictionary<(SessionId Session, CounterKey Counter), long> _units = [];

    public HoldAudit(World world)
    {
        _world = world;
        world.Store.Tables.Holds.OnOpened = OnOpened;
        world.Store.Tables.Holds.OnEnded = OnEnded;
        world.Store.Tables.OnAppended = OnAppended;
    }

    /// <summary>The number of open reservations.</summary>
    public int Open => _open.Count;

    /// <summary>Units of the open reservations that a session has admitted in a counter.</summary>
    public long UnitsOf(SessionId session, CounterKey counter) => _units.GetValueOrDefault((session, counter));

    /// <summary>Units of all open reservations in a counter.</summary>
    public long UnitsOf(CounterKey counter) => _units.Where(u => u.Key.Counter == counter).Sum(u => u.Value);

    /// <summary>Checks that an edge has set aside what its open reservations hold; those being written too.</summary>
    public void Check(EdgeProcess edge, EdgeCounter c)
    {
        if (_units.Count == 0)
            return;
        var open = UnitsOf(edge.Session, new CounterKey(c.Scope.Id, c.Id));
        var held = c.Held + c.HeldExtra + c.InFlight + c.InFlightExtra;
        if (open > held)
        {
            throw new InvariantViolation(
                "INV13", $"{edge.Session} has {held} of {open} open in {c.Scope.Id.Kind}{c.Scope.Id.Value} {c.Id}");
        }
    }

    /// <summary>
    /// Checks that the newest activation counts as held at least what settled sessions have open: an old reading shows
    /// more, never less.
    /// </summary>
    public void Check(AuthorityProcess authority)
    {
        var core = authority.Core;
        if (_units.Count == 0 || core.Deposed || core.Epoch != _world.Store.Tables.Scope(core.Scope).Epoch)
            return;
        foreach (var ((session, counter), units) in _units)
        {
            if (counter.Scope != core.Scope || !_world.Store.Tables.Session(session).Settled)
                continue;

            // Until it learns of the settlement, all rights of the session count as taken.
            if (core.Shares.Any(s => s.Session == session))
                continue;
            var known = core.Counters.FirstOrDefault(c => c.Id == counter.Counter);
            var held = known?.HandedOver.FirstOrDefault(h => h.Session == session)?.Held ?? 0;
            if (held < units)
                throw new InvariantViolation("INV13", $"{counter}: {held} held for {session}, {units} are open");
        }
    }

    /// <summary>
    /// Checks, when every reservation has ended, that nothing is held for one: not at an edge, not for a settled
    /// session, and not in an authority's account of a counter that the edge knows. In a counter that the edge has
    /// forgotten, a late report to a new activation may still show an old hold; it counts too much, never too little,
    /// until the session ends.
    /// </summary>
    public void CheckNothingIsHeld()
    {
        if (_open.Count > 0)
            throw new InvariantViolation("liveness", $"{_open.Count} reservations never ended: {_open.Keys.First()}");
        foreach (var edge in _world.Edges.Living)
        {
            foreach (var c in edge.Core.Scopes.SelectMany(s => s.Counters().Concat(s.Retired)))
                Expect(c.Held + c.HeldExtra == 0, edge.Session, new CounterKey(c.Scope.Id, c.Id));
        }

        foreach (var core in _world.Authorities.All.Select(a => a.Core))
        {
            if (core.Epoch != _world.Store.Tables.Scope(core.Scope).Epoch)
                continue;
            foreach (var counter in core.Counters)
            {
                var key = new CounterKey(core.Scope, counter.Id);
                foreach (var share in counter.HandedOver)
                    Expect(false, share.Session, key);
                foreach (var account in counter.Accounts)
                {
                    var over = account.Held + account.UnbackedHeld == 0 || !IsKnown(account.Session, key);
                    Expect(over, account.Session, key);
                }
            }
        }
    }

    private bool IsKnown(SessionId session, CounterKey counter) =>
        _world.Edges.Find(session) is { Alive: true } edge
        && edge.Core.FindScope(counter.Scope) is { } scope
        && scope.Counters().Concat(scope.Retired).Any(c => c.Id == counter.Counter);

    private static void Expect(bool holds, SessionId session, CounterKey counter)
    {
        if (!holds)
            throw new InvariantViolation("INV13", $"{counter}: {session} counts as holding what has ended");
    }

    private void OnOpened(long id, ReservationRow row)
    {
        _open.Add(id, (row.Session, row.Entry.Request!));
        Count(row.Session, row.Entry.Request!.Booking, 1);
    }

    private void OnEnded(long id, bool handedOver)
    {
        if (!_open.Remove(id, out var hold))
        {
            // A commit elsewhere does not hinder the edge that has the hold to write its expiry, which changes nothing.
            if (handedOver)
                throw new InvariantViolation("INV13", $"handed-over hold {id} has ended twice");
            return;
        }

        Count(hold.Session, hold.Request.Booking, -1);
        _world.Oracle.Drop(hold.Request);
    }

    /// <summary>Books the usage that ends a reservation when it is on disk: until then the hold is booked.</summary>
    private void OnAppended(LedgerEntry entry)
    {
        if (entry.Kind != EntryKind.Commit)
            return;
        var request = entry.Request!;
        request.Booking =
        [
            .. entry.Takes,
            .. from use in entry.HoldUses ?? []
               let counter = new CounterKey(use.Scope, use.Counter)
               let beyond = Math.Max(0, use.UsedUnits - use.HeldUnits)
               from take in (BookedTake[])
               [
                   new BookedTake(counter, use.UsedUnits - beyond, 0, false), new BookedTake(counter, 0, beyond, true),
               ]
               select take,
        ];
        _world.Oracle.Book(request);
    }

    private void Count(SessionId session, BookedTake[] takes, int sign)
    {
        foreach (var take in takes)
        {
            var key = (session, take.Counter);
            var units = _units.GetValueOrDefault(key) + (sign * take.Units);
            if (units == 0)
                _units.Remove(key);
            else
                _units[key] = units;
        }
    }
}
