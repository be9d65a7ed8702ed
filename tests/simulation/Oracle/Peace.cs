using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Oracle;

/// <summary>What must hold once everything works again: liveness, and INV7.</summary>
internal sealed class Peace(World world)
{
    private readonly List<(SimRequest Request, bool Fits)> _probes = [];

    public void EverythingIsAnswered()
    {
        if (!world.Limits.Idle)
            throw new InvariantViolation("liveness", "a limit change never became effective");
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

    /// <summary>One request that fits and one that does not, for every living key, at any edge.</summary>
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
            _probes.Add((request, Fits(key, MetricId.Requests, edge.Host.Now.WallMs)));
            world.Clients.Submit(edge, request);
            world.Heap.RunUntil(world.Heap.NowUs + 200_000);
        }
    }

    public void CheckProbes()
    {
        foreach (var (request, fits) in _probes)
        {
            var counted = request.Answer == RequestAnswer.Durable;
            var refused = request.Answer == RequestAnswer.Refused;
            if (fits ? !counted : !refused)
            {
                throw new InvariantViolation(
                    "liveness", $"probe {request.EventId} with key {request.KeyNumber}: {request.Answer}, fits: {fits}");
            }
        }
    }

    /// <summary>INV7: what authorities say is what the ledger has.</summary>
    public void SumsAreExact()
    {
        foreach (var authority in world.Authorities.All)
        {
            if (authority.Core.Epoch != world.Store.Tables.Scope(authority.Core.Scope).Epoch)
                continue;
            foreach (var reading in authority.Core.Read(authority.Host.Now.WallMs))
            {
                var key = new CounterKey(authority.Core.Scope, reading.Counter);
                var ledger = world.Store.Tables.LedgerUnits(key);
                if (reading.UsedUnits != ledger)
                {
                    var counter = authority.Core.Counters.First(c => c.Id == reading.Counter);
                    var accounts = counter.Accounts.Select(a => $"{a.Session.Value}: {a.Used}+{a.Extra}/{world.Store.Tables.LedgerOf(a.Session, key).Units}");
                    throw new InvariantViolation(
                        "INV7",
                        $"{key}: {reading.UsedUnits} live, {ledger} in the ledger; settled {counter.SettledUsed}, " +
                        $"accounts {string.Join(", ", accounts)}");
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

    /// <summary>INV7 again, for what is left when every session has ended.</summary>
    public void SettledSumsAreExact()
    {
        foreach (var scope in Topology.Scopes)
        {
            var snapshot = world.Store.Tables.Activate(scope);
            if (snapshot.Accounts.Count > 0)
                throw new InvariantViolation("INV7", $"accounts of ended sessions are left in {scope}");
            var settled = snapshot.Settled.ToDictionary(s => s.Counter, s => s.UsedUnits);
            foreach (var (counter, sum) in world.Store.Tables.Ledger)
            {
                if (counter.Scope == scope && settled.GetValueOrDefault(counter.Counter) != sum.Units)
                    throw new InvariantViolation("INV7", $"{counter}: settled differs from {sum.Units} in the ledger");
            }
        }
    }

    private bool Fits(int key, MetricId metric, long nowMs)
    {
        foreach (var scope in Topology.RouteOf(key))
        {
            var limits = world.Store.Tables.Scope(scope).Limits;
            foreach (var kind in Enum.GetValues<PeriodKind>())
            {
                if (limits.BlockedAt(metric, kind, nowMs) is not { } limit)
                    continue;
                var period = world.Topology.Calendar.Current(kind, nowMs).Key;
                var counter = new CounterKey(scope, new CounterId(metric, period));
                var tables = world.Store.Tables;
                if (tables.LedgerUnits(counter) + tables.BurntUnits(counter) >= limit)
                    return false;
            }
        }

        return true;
    }
}
