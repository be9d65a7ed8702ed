using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Faults;

/// <summary>Injects the faults of the plan, until the run heals.</summary>
internal sealed class FaultInjector(World world)
{
    private readonly Forger _forger = new(world);

    public void Start()
    {
        foreach (var (kind, everyUs) in world.Plan.Recurring)
            Schedule(kind, everyUs);
    }

    private void Schedule(FaultKind kind, long everyUs) => world.Heap.After(world.Chance.Around(2 * everyUs), () =>
    {
        if (!world.Faulty)
            return;
        Inject(kind);
        Schedule(kind, everyUs);
    });

    private void Inject(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.EdgeCrash:
                AnyEdge()?.Crash("edge crashed");
                break;
            case FaultKind.EdgeStop:
                AnyEdge()?.Stop();
                break;
            case FaultKind.EdgePause:
                Pause(world.Chance.Pick(world.Edges.Hosts), "edge paused");
                break;
            case FaultKind.EarlyFence:
                if (AnyEdge() is { } edge)
                    world.Watch.Fence(edge.Session, "fenced while alive");
                break;
            case FaultKind.AuthorityCrash:
                CrashAuthorities();
                break;
            case FaultKind.AuthorityPause:
                Pause(world.Chance.Pick(world.Authorities.Hosts), "authority paused");
                break;
            case FaultKind.DuplicateAuthority:
                world.Authorities.Activate(world.Chance.Pick(Topology.Scopes), "authority duplicated");
                break;
            case FaultKind.LimitChange:
                world.Limits.Change();
                break;
            case FaultKind.Boost:
                world.Limits.Boost();
                break;
            case FaultKind.Revocation:
                world.Keys.RevokeOne();
                break;
            case FaultKind.StoreOutage:
                world.Store.Outage(world.Chance.Between(20_000, 900_000));
                break;
            case FaultKind.StoreCrash:
                world.Store.Crash();
                break;
            case FaultKind.Partition:
                Partition();
                break;
            case FaultKind.ForgedSync:
                _forger.Forge();
                break;
            default:
                world.Trace.Add("clock set");
                world.Chance.Pick(world.Nodes).Clock.Jump(world.Chance.Between(-1_500, 1_500));
                break;
        }
    }

    private EdgeProcess? AnyEdge() => world.Edges.On(world.Chance.Pick(world.Edges.Hosts));

    private void Pause(Node node, string what)
    {
        world.Trace.Add(what, node.Number);
        var pastItsTime = world.Chance.Percent(30);
        node.Pause(pastItsTime ? world.Chance.Between(3_000_000, 5_000_000) : world.Chance.Around(400_000));
    }

    private void CrashAuthorities()
    {
        var host = world.Chance.Pick(world.Authorities.Hosts);
        foreach (var authority in world.Authorities.All.Where(a => a.Host == host).ToArray())
        {
            if (world.Chance.Percent(60))
                authority.Stop("authority crashed");
        }
    }

    private void Partition()
    {
        var from = world.Chance.Pick(world.Nodes).Number;
        var to = world.Chance.Pick(world.Nodes).Number;
        world.Network.Cut(from, to);
        world.Heap.After(world.Chance.Around(800_000), () => world.Network.Mend(from, to));
    }
}
