using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Authorities;

/// <summary>
/// Finds the activation of an authority, and creates one if there is none. It may be wrong: an older activation may
/// continue beside a newer one, and edges may keep talking to it.
/// </summary>
internal sealed class AuthorityDirectory(World world, IReadOnlyList<Node> hosts)
{
    private readonly Dictionary<ScopeId, List<AuthorityProcess>> _active = [];
    private readonly HashSet<ScopeId> _starting = [];
    private readonly List<(long AtUs, SessionId Session)> _settled = [];
    private readonly Dictionary<SessionId, IReadOnlyList<(ScopeId Scope, SettledSnapshot Left)>> _left = [];
    private readonly Dictionary<SessionId, IReadOnlyList<(ScopeId Scope, HandedOverSnapshot Row)>> _handedOver = [];

    public IReadOnlyList<Node> Hosts => hosts;

    public IEnumerable<AuthorityProcess> All => _active.Values.SelectMany(a => a).Where(a => a.Alive);

    public void Deliver(EdgeProcess edge, SyncRequest sync)
    {
        if (Route(sync.Scope) is not { } authority)
        {
            Activate(sync.Scope, "authority activated");
            Reject(hosts[0], edge, sync);
            return;
        }

        world.Network.Send(edge.Host, authority.Host, () =>
        {
            if (authority.Alive)
                authority.OnSync(sync);
            else
                Reject(authority.Host, edge, sync);
        });
    }

    /// <summary>
    /// Rejects a request as a cluster does when no one will answer it; the rejection may get lost like everything else.
    /// </summary>
    private void Reject(Node from, EdgeProcess edge, SyncRequest sync) =>
        world.Network.Send(from, edge.Host, () => edge.OnUnanswered(sync));

    /// <summary>Runs on the activation of a scope, creating one first if needed; lost if that fails.</summary>
    public void Tell(ScopeId scope, Action<AuthorityProcess> act)
    {
        if (ActiveOf(scope).Count == 0)
            Activate(scope, "authority activated");
        foreach (var authority in ActiveOf(scope).ToArray())
            world.Network.Send(hosts[0], authority.Host, () => act(authority));
    }

    /// <summary>
    /// Reads all scopes, like the job that closes a period: usage that no edge lived to report is noticed.
    /// </summary>
    public void ReadAll()
    {
        foreach (var scope in Topology.Scopes)
            Tell(scope, _ => world.Trace.Add("authority read", scope.Value));
    }

    public void Activate(ScopeId scope, string why)
    {
        if (!_starting.Add(scope))
            return;
        var host = world.Chance.Pick(hosts);
        var tables = world.Store.Tables;
        var snapshotAtUs = 0L;
        world.Store.Execute(host, () => Snapshot(), answer =>
        {
            _starting.Remove(scope);
            if (!answer.Known)
                return;
            world.Trace.Add(why, (long)scope.Kind, scope.Value, answer.Value.Epoch);
            var authority = new AuthorityProcess(world, host, answer.Value);
            ActiveOf(scope).Add(authority);
            CatchUp(authority, snapshotAtUs);
        });

        AuthoritySnapshot Snapshot()
        {
            snapshotAtUs = world.Heap.NowUs;
            return tables.Activate(scope);
        }
    }

    public void SessionStarted(SessionId session)
    {
        foreach (var authority in All.ToArray())
            world.Network.Send(hosts[0], authority.Host, () => authority.OnSessionStarted(session));
    }

    /// <summary>
    /// Notes that a session's accounts are closed. Every running activation learns of it, or is stopped and restarts
    /// from the store; one that is just starting from an older snapshot catches up.
    /// </summary>
    public void SessionSettled(
        SessionId session,
        IReadOnlyList<(ScopeId Scope, SettledSnapshot Left)> left,
        IReadOnlyList<(ScopeId Scope, HandedOverSnapshot Row)> handedOver)
    {
        _handedOver[session] = handedOver;
        _settled.Add((world.Heap.NowUs, session));
        _left[session] = left;
        foreach (var authority in All.ToArray())
        {
            if (world.Chance.Percent(20) && world.Faulty)
                authority.Stop("authority stopped");
            else
                authority.Host.After(world.Chance.Between(100, 50_000), () => Settle(authority, session));
        }
    }

    private void CatchUp(AuthorityProcess authority, long snapshotAtUs)
    {
        foreach (var (atUs, session) in _settled)
        {
            if (atUs >= snapshotAtUs)
                Settle(authority, session);
        }
    }

    private void Settle(AuthorityProcess authority, SessionId session)
    {
        var share = _left[session].Where(l => l.Scope == authority.Core.Scope).Select(l => l.Left);
        var holds = _handedOver[session].Where(h => h.Scope == authority.Core.Scope).Select(h => h.Row);
        authority.OnSessionSettled(session, [.. share], [.. holds]);
    }

    private AuthorityProcess? Route(ScopeId scope)
    {
        var active = ActiveOf(scope);
        return active.Count <= 1 || world.Chance.Percent(60) ? active.LastOrDefault() : world.Chance.Pick(active);
    }

    private List<AuthorityProcess> ActiveOf(ScopeId scope)
    {
        if (!_active.TryGetValue(scope, out var active))
            _active.Add(scope, active = []);
        active.RemoveAll(a => !a.Alive);
        return active;
    }
}
