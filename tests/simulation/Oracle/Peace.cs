using Sluice.Metering.Metrics;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Oracle;

/// <summary>Checks what must hold once everything works again: liveness, and INV7.</summary>
internal sealed class Peace(World world)
{
    private const long ProbeUs = 250_000;

    /// <summary>
    /// The time limit of a probe: if an authority only now learns that it is deposed, the probe is repeated at the next
    /// one.
    /// </summary>
    private const long ProbeMaxUs = 4 * ProbeUs;

    public void EverythingIsAnswered()
    {
        if (!world.Limits.Idle)
            throw new InvariantViolation("liveness", $"a limit change never became effective: {Blocking()}");
        foreach (var (edge, request) in world.Clients.Sent)
        {
            if (edge.Alive && request.Answer is null)
                throw new InvariantViolation("liveness", $"event {request.EventId} at {edge.Session} has no answer");
        }

        foreach (var host in world.Edges.Hosts)
        {
            if (world.Edges.On(host) is not { } edge || !edge.Core.MayAdmit(host.Now))
                throw new InvariantViolation("liveness", $"no edge admits on host {host.Number}");
        }
    }

    /// <summary>
    /// Sends a fresh request with every living key, at any edge: counted, or refused for a reason that is true.
    /// </summary>
    public void ProbeRoom()
    {
        for (var key = 1; key <= Topology.Keys; key++)
        {
            if (!world.Keys.Lives(key))
                continue;
            var edge = world.Edges.On(world.Chance.Pick(world.Edges.Hosts))!;
            var body = new Charge();
            body.Add(MetricId.Requests, 1);
            var request = world.Clients.Make(world.Clients.NextEvent(), RequestKind.Consume, key, body);
            world.Clients.Submit(edge, request);
            var lastUs = world.Heap.NowUs + ProbeMaxUs;
            do
                world.Heap.RunUntil(world.Heap.NowUs + ProbeUs);
            while (request.Answer is null && world.Heap.NowUs < lastUs);
            world.Trace.Add(request.Answer == RequestAnswer.Durable ? "probe counted" : "probe refused", key);
            if (request.Answer != RequestAnswer.Durable && !IsFull(request))
            {
                throw new InvariantViolation(
                    "liveness", $"probe {request.EventId} with key {key}: {request.Answer} by {request.RefusedBy?.Id}");
            }
        }
    }

    /// <summary>Checks INV7: the authorities' sums are the ledger's.</summary>
    public void SumsAreExact()
    {
        foreach (var authority in world.Authorities.All)
        {
            if (authority.Core.Epoch != world.Store.Tables.Scope(authority.Core.Scope).Epoch)
                continue;
            foreach (var reading in authority.Core.Read(authority.Host.Now.WallMs))
            {
                var key = new CounterKey(authority.Core.Scope, reading.Counter);
                var tables = world.Store.Tables;
                var ledger = tables.LedgerUnits(key);
                if (reading.UsedUnits != ledger)
                {
                    var counter = authority.Core.Counters.First(c => c.Id == reading.Counter);
                    var accounts = counter.Accounts.Select(a =>
                        $"{a.Session.Value}: {a.Used} + {a.Extra} of {tables.LedgerOf(a.Session, key).Units}");
                    throw new InvariantViolation(
                        "INV7",
                        $"{key}: {reading.UsedUnits} live, {ledger} in the ledger; settled {counter.SettledUsed}, " +
                        $"accounts {string.Join(", ", accounts)}; {string.Join(", ", Edges(key))}");
                }
            }
        }
    }

    public void ShutDown()
    {
        foreach (var edge in world.Edges.Living.ToArray())
        {
            edge.Crash("edge shut down");
            world.Watch.Fence(edge.Session, "session ended");
        }
    }

    /// <summary>Checks INV7 again, for what is left when every session has ended.</summary>
    public void SettledSumsAreExact()
    {
        foreach (var scope in Topology.Scopes)
        {
            var snapshot = world.Store.Tables.Activate(scope);
            if (snapshot.Accounts.Count > 0)
                throw new InvariantViolation("INV7", $"accounts of ended sessions are left in {scope}");
            var settled = snapshot.Settled.ToDictionary(s => s.Counter, s => s.UsedUnits);
            foreach (var row in snapshot.HandedOver)
                settled[row.Counter] = settled.GetValueOrDefault(row.Counter) + row.UsedUnits;
            foreach (var (counter, sum) in world.Store.Tables.Ledger)
            {
                if (counter.Scope == scope && settled.GetValueOrDefault(counter.Counter) != sum.Units)
                    throw new InvariantViolation("INV7", $"{counter}: settled differs from {sum.Units} in the ledger");
            }
        }
    }

    private IEnumerable<string> Edges(CounterKey key) =>
        from edge in world.Edges.Living
        let scope = edge.Core.FindScope(key.Scope)
        where scope is not null
        from c in scope.Counters().Concat(scope.Retired)
        where c.Id == key.Counter
        select $"edge {edge.Session.Value} U {c.Used} X {c.Extra} dirty {c.Dirty} in flight {c.InFlight} open {c.Open}";

    /// <summary>Describes what the authorities whose limits are not in force yet are waiting for.</summary>
    private string Blocking()
    {
        var text = new List<string>();
        var newest = world.Authorities.All.Select(a => a.Core)
            .Where(c => c.Epoch == world.Store.Tables.Scope(c.Scope).Epoch && c.EffectiveVersion < c.Limits.Version);
        foreach (var core in newest)
        {
            text.Add($"{core.Scope.Kind}{core.Scope.Value} wants {core.Limits.Version}, epoch {core.Epoch}");
            text.AddRange(core.Shares.Select(s => $"session {s.Session.Value} at {s.AckedVersion}"));
            text.AddRange(
                from c in core.Counters
                from a in c.Accounts
                where a.Outstanding > 0
                select $"{c.Id.Metric.Value}/{c.Id.Period.Value} session {a.Session.Value}: G {a.Granted} " +
                    $"R {a.Returned} U {a.Used} seen {a.GrantedSeen} followed {a.RecallFollowed}");
        }

        return string.Join("; ", text);
    }

    private bool IsFull(SimRequest request)
    {
        if (request.Answer != RequestAnswer.Refused || request.RefusedBy is not { } counter)
            return false;
        var limits = world.Store.Tables.Scope(counter.Scope.Id).Limits;
        var limit = limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, world.WallMs);
        var key = new CounterKey(counter.Scope.Id, counter.Id);
        var tables = world.Store.Tables;
        return tables.LedgerUnits(key) + tables.BurntUnits(key) + world.Holds.UnitsOf(key) + 1 > limit;
    }
}
