using Sluice.Metering.Identity;
using Sluice.Simulation.Authorities;
using Sluice.Simulation.Chance;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Network;
using Sluice.Simulation.Operator;
using Sluice.Simulation.Oracle;
using Sluice.Simulation.Storage;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Runs;

/// <summary>Everything in one run, put together from its seed.</summary>
internal sealed class World
{
    private const int AuthorityHosts = 2;

    public World(ulong seed, PlantedBug bug)
    {
        Bug = bug;
        Chance = new SeededChance(seed);
        Plan = FaultPlan.Draw(Chance);
        Trace = new Trace(Heap);
        Topology = new Topology(Chance.Between(400, 2_500));
        Network = new SimNetwork(Heap, Chance, Plan, Trace);
        Store = new SimStore(Heap, Chance, Plan, Trace, new StoreTables(bug, Trace));
        var edges = (int)Chance.Between(1, 4);
        Nodes = [.. Enumerable.Range(0, edges + AuthorityHosts + 1).Select(MakeNode)];
        Edges = new EdgeFleet(this, Nodes[..edges]);
        Authorities = new AuthorityDirectory(this, Nodes[edges..(edges + AuthorityHosts)]);
        Oracle = new UsageOracle(Heap, Store.Tables);
        Thresholds = new ThresholdAudit(this);
        Holds = new HoldAudit(this);
        Invariants = new Invariants(this);
        Limits = new LimitDesk(this, Nodes[^1]);
        Keys = new KeyDesk(this, Nodes[^1]);
        Watch = new SessionWatch(this, Nodes[^1]);
        Clients = new Clients(this);
        Faults = new FaultInjector(this);
    }

    public PlantedBug Bug { get; }

    public EventHeap Heap { get; } = new();

    public SeededChance Chance { get; }

    public FaultPlan Plan { get; }

    public Trace Trace { get; }

    public Topology Topology { get; }

    public SimNetwork Network { get; }

    public SimStore Store { get; }

    public Node[] Nodes { get; }

    public EdgeFleet Edges { get; }

    public AuthorityDirectory Authorities { get; }

    public UsageOracle Oracle { get; }

    public ThresholdAudit Thresholds { get; }

    public HoldAudit Holds { get; }

    public Invariants Invariants { get; }

    public LimitDesk Limits { get; }

    public KeyDesk Keys { get; }

    public SessionWatch Watch { get; }

    public Clients Clients { get; }

    public FaultInjector Faults { get; }

    /// <summary>Whether faults may happen.</summary>
    public bool Faulty { get; set; } = true;

    /// <summary>Whether the run is in its long quiet stretch: no traffic, slow ticks.</summary>
    public bool Relaxed { get; set; }

    /// <summary>Whether nothing new may begin.</summary>
    public bool Stopping { get; set; }

    /// <summary>True time as an exact wall clock would show it.</summary>
    public long WallMs => NodeClock.EpochMs + (Heap.NowUs / 1_000);

    public void Begin()
    {
        foreach (var scope in Topology.Scopes)
            Limits.SetInitial(scope);
        Edges.StartAll();
        Watch.Start();
        Faults.Start();
        Clients.Start(Chance.Between(6_000, 25_000));
    }

    /// <summary>
    /// Ends all faults: machines wake, links are mended, the store is up. Clocks stay as wrong as they are.
    /// </summary>
    public void Heal()
    {
        Trace.Add("healed");
        Faulty = false;
        Plan.Heal();
        Network.MendAll();
        Store.Heal();
        foreach (var node in Nodes)
            node.Wake();
    }

    private Node MakeNode(int number)
    {
        var skew = Chance.Percent(50) ? Chance.Between(-200, 200) : 0;
        var drift = Chance.Between(-NodeClock.DriftPpmMax, NodeClock.DriftPpmMax);
        return new Node(Heap, number, new NodeClock(skew, drift, Chance.Between(0, 1_000_000)));
    }
}
