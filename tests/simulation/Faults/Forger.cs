using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Authorities;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;

namespace Sluice.Simulation.Faults;

/// <summary>
/// Sends syncs that no edge has sent: in the name of a session that does not exist, or of a living one with numbers
/// that its edge could not have. Totals that an edge could have are left true, because an authority can't tell such a
/// lie from the truth; everything else is drawn at random, extremes first. Answers go to the forger.
/// </summary>
internal sealed class Forger(World world)
{
    private const long UnknownSession = 1_000_000;

    public void Forge()
    {
        var authorities = world.Authorities.All.ToArray();
        var edges = world.Edges.Living.ToArray();
        if (authorities.Length == 0 || edges.Length == 0)
            return;
        var (authority, edge) = (world.Chance.Pick(authorities), world.Chance.Pick(edges));
        var forged = Forged(authority, edge);
        world.Trace.Add("sync forged", forged.Session.Value, forged.Sequence, forged.Epoch);
        authority.Host.Run(() => authority.OnForgedSync(forged));
    }

    private SyncRequest Forged(AuthorityProcess authority, EdgeProcess edge)
    {
        var scope = edge.Core.FindScope(authority.Core.Scope);
        var counters = scope is { Attached: true } ? scope.Counters().Concat(scope.Retired).ToArray() : [];
        var sequence = Sequence(scope?.Sequence ?? 0);
        var epoch = world.Chance.Percent(50) ? 0 : Wild(authority.Core.Epoch);
        if (world.Chance.Percent(20))
        {
            var unknown = new SessionId(UnknownSession + world.Chance.Between(1, 1_000));
            return new SyncRequest(unknown, authority.Core.Scope, sequence, 0, epoch, true, false, [Nonsense()]);
        }

        var reports = world.Chance.Percent(50)
            ? counters.Select(Needy)
            : [.. counters.Select(Truth), counters.Length == 0 ? Nonsense() : Impossible(world.Chance.Pick(counters))];
        return new SyncRequest(
            edge.Session, authority.Core.Scope, sequence, 0, epoch, false, world.Chance.Percent(20), [.. reports]);
    }

    private long Sequence(long known) => world.Chance.Between(0, 3) switch
    {
        0 => long.MaxValue,
        1 => known + world.Chance.Between(1_000, 60_000),
        2 => -1,
        _ => 0,
    };

    private CounterReport Needy(EdgeCounter counter) => Truth(counter) with
    {
        NeedUnits = Math.Abs(Wild(counter.Granted) / 2),
        UnitsPerSecond = Math.Abs(Wild(counter.Granted) / 2),
    };

    /// <summary>Makes one number of a true report impossible.</summary>
    private CounterReport Impossible(EdgeCounter counter)
    {
        var truth = Truth(counter);
        return world.Chance.Between(0, 9) switch
        {
            0 => truth with { UsedUnits = Beyond(truth.GrantedUnits) },
            1 => truth with { ReturnedUnits = Beyond(truth.GrantedUnits) },
            2 => truth with { HeldUnits = Beyond(truth.GrantedUnits) },
            3 => truth with { GrantedUnits = long.MaxValue },
            4 => truth with { UnbackedHeldUnits = -1 - world.Chance.Between(0, 1_000) },
            5 => truth with { ExtraUnits = long.MaxValue },
            6 => truth with { ReturnedUnits = long.MinValue },
            7 => truth with { NeedUnits = -1 },
            8 => truth with { RecallFollowed = long.MaxValue },
            _ => truth with { Counter = new CounterId(new MetricId(-1), new PeriodKey(1)) },
        };
    }

    private static CounterReport Truth(EdgeCounter c) => new(
        c.Id, c.Used, c.Extra, c.Returned, c.Granted, c.Held, c.HeldExtra, c.RateUnitsPerSecond, 0, c.MemoryWanted,
        c.RecallFollowed, 0);

    private CounterReport Nonsense() => new(
        new CounterId(MetricId.Requests, new PeriodKey(1)), Wild(0), Wild(0), Wild(0), Wild(0), Wild(0), Wild(0),
        Wild(0), Wild(0), true, Wild(0), Wild(0));

    private long Beyond(long granted) =>
        world.Chance.Percent(50) ? long.MaxValue : granted + world.Chance.Between(1, 9);

    private long Wild(long about) => world.Chance.Between(0, 3) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => about + world.Chance.Between(1, 1_000),
        _ => -world.Chance.Between(1, 1_000),
    };
}
