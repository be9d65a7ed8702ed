using Sluice.Metering.Identity;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Edges;

/// <summary>
/// The machines that run edges; each starts a new process, with a new session, after the old one has ended.
/// </summary>
internal sealed class EdgeFleet(World world, IReadOnlyList<Node> hosts)
{
    private readonly Dictionary<SessionId, EdgeProcess> _all = [];
    private readonly Dictionary<int, EdgeProcess> _current = [];

    public IReadOnlyList<Node> Hosts => hosts;

    public IEnumerable<EdgeProcess> Living => _current.Values.Where(e => e.Alive);

    public EdgeProcess? Find(SessionId session) => _all.GetValueOrDefault(session);

    public EdgeProcess? On(Node host) => _current.GetValueOrDefault(host.Number) is { Alive: true } edge ? edge : null;

    public void StartAll()
    {
        foreach (var host in hosts)
            Start(host);
    }

    public void Restart(EdgeProcess ended)
    {
        if (world.Stopping)
            return;
        world.Heap.After(world.Chance.Between(20_000, 600_000), () => ended.Host.Run(() => Start(ended.Host)));
    }

    /// <summary>Sends a message to a session; lost if its process has ended.</summary>
    public void Send(Node from, SessionId session, Action<EdgeProcess> deliver)
    {
        // A session whose process has not come up yet is missing too.
        if (!_all.TryGetValue(session, out var edge))
            return;
        world.Network.Send(from, edge.Host, () =>
        {
            if (edge.Alive)
                deliver(edge);
        });
    }

    private void Start(Node host)
    {
        if (world.Stopping)
            return;
        var askedAt = host.Now;
        var tables = world.Store.Tables;
        world.Store.Execute(host, () => tables.StartSession(world.Heap.NowUs), answer =>
        {
            if (!answer.Known)
            {
                host.After(50_000, () => Start(host));
                return;
            }

            world.Trace.Add("edge started", answer.Value.Value, host.Number);
            var edge = new EdgeProcess(world, host, answer.Value, askedAt);
            _all.Add(answer.Value, edge);
            _current[host.Number] = edge;
            world.Authorities.SessionStarted(answer.Value);
        });
    }
}
