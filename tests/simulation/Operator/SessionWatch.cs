using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Operator;

/// <summary>
/// Fences sessions that have gone silent, settles them, and notifies the authorities. Limits never depend on this
/// clock: a fence raised too early costs its edge a restart and nothing else.
/// </summary>
internal sealed class SessionWatch(World world, Node host)
{
    private const long LookEveryUs = 250_000;

    private readonly HashSet<SessionId> _ending = [];

    public void Start()
    {
        Look();
        host.After(LookEveryUs, Start);
    }

    /// <summary>Whether the session's time to live is over on every clock that drifts no more than allowed.</summary>
    public bool SurelyOver(SessionId session)
    {
        var silentUs = world.Heap.NowUs - world.Store.Tables.Session(session).LastBeatUs;
        return silentUs > LeaseBounds.SessionTtlMs * 1_000L * 103 / 100;
    }

    public void Fence(SessionId session, string why)
    {
        if (!_ending.Add(session))
            return;
        world.Trace.Add(why, session.Value);
        Raise(session);
    }

    /// <summary>Settles a session that its own process has closed.</summary>
    public void Closed(SessionId session)
    {
        if (_ending.Add(session))
            Settle(session);
    }

    private void Look()
    {
        ExpireHolds();
        foreach (var row in world.Store.Tables.Sessions)
        {
            if (!row.Settled && SurelyOver(row.Id))
                Fence(row.Id, "silent session fenced");
        }
    }

    /// <summary>Ends handed-over holds that have expired; any node may, by the clock of the store.</summary>
    private void ExpireHolds()
    {
        var holds = world.Store.Tables.Holds;
        if (!holds.HasExpired(world.WallMs))
            return;
        world.Store.Execute(
            host,
            () =>
            {
                holds.Expire(world.WallMs);
                return true;
            },
            static _ => { });
    }

    private void Raise(SessionId session) => world.Store.Fence(host, session, answer =>
    {
        if (answer.Known)
            host.After(world.Chance.Between(0, 60_000), () => Settle(session));
        else
            host.After(20_000, () => Raise(session));
    });

    private void Settle(SessionId session)
    {
        var tables = world.Store.Tables;
        world.Store.Execute(
            host,
            () =>
            {
                if (tables.Settle(session) is not { } left)
                    return true;
                world.Trace.Add("session settled", session.Value, left.Count);
                world.Edges.Find(session)?.LosePromises();
                world.Authorities.SessionSettled(session, left, tables.Holds.Of(session));
                return true;
            },
            answer =>
            {
                if (!answer.Known && !tables.Session(session).Settled)
                    host.After(20_000, () => Settle(session));
            });
    }
}
