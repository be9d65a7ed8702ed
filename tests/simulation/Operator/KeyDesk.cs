using Sluice.Metering.Identity;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Operator;

/// <summary>
/// Revokes credentials. A revocation returns when every session that was alive when it was written has acknowledged, or
/// is fenced and past its time to live; one that was fenced and settled before may still be within it.
/// </summary>
internal sealed class KeyDesk(World world, Node host)
{
    private const long AskEveryUs = 100_000;

    private readonly HashSet<int> _revoked = [];

    public bool Lives(int key) => !_revoked.Contains(key);

    public void RevokeOne()
    {
        var key = (int)world.Chance.Between(1, Topology.Keys);

        // One key is never revoked, so that there is always traffic.
        if (_revoked.Count >= Topology.Keys - 2 || !_revoked.Add(key))
            return;
        world.Trace.Add("revocation asked", key);
        Write(key);
    }

    private void Write(int key)
    {
        var tables = world.Store.Tables;
        world.Store.Execute(
            host,
            () =>
            {
                tables.RevokeKey(key);
                return tables.Sessions.Where(s => !world.Watch.SurelyOver(s.Id)).Select(s => s.Id).ToHashSet();
            },
            answer =>
            {
                if (answer.Known)
                    Wait(key, answer.Value);
                else
                    host.After(20_000, () => Write(key));
            });
    }

    private void Wait(int key, HashSet<SessionId> missing)
    {
        missing.RemoveWhere(s => world.Store.Tables.Session(s).Fenced && world.Watch.SurelyOver(s));
        if (missing.Count == 0)
        {
            world.Trace.Add("revocation returned", key);
            world.Oracle.Revoked(key);
            return;
        }

        foreach (var session in missing.ToArray())
        {
            world.Edges.Send(host, session, edge =>
            {
                if (edge.Revoke(key))
                    world.Network.Send(edge.Host, host, () => missing.Remove(session));
            });
        }

        host.After(AskEveryUs, () => Wait(key, missing));
    }
}
