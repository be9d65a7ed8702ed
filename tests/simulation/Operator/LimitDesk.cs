using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Operator;

/// <summary>Sets limits, and asks until the authority has confirmed that a change is in force.</summary>
internal sealed class LimitDesk(World world, Node host)
{
    private const long AskEveryUs = 120_000;

    private readonly Dictionary<ScopeId, LimitSet> _requested = [];
    private readonly Dictionary<ScopeId, long> _effective = [];
    private long _lastLimit;

    public LimitSet Requested(ScopeId scope) => _requested[scope];

    /// <summary>Whether all changes are in force.</summary>
    public bool Idle => _requested.All(r => r.Value.Version <= _effective.GetValueOrDefault(r.Key));

    /// <summary>
    /// Sets limits of day and total, which must exist before usage does; limits of months follow at any time.
    /// </summary>
    public void SetInitial(ScopeId scope)
    {
        var limits = new List<Limit>();
        foreach (var metric in Topology.Metrics)
        {
            if (world.Chance.Percent(30))
                limits.AddRange(DrawMonth(scope, metric));
        }

        if (world.Chance.Percent(15))
            limits.Add(Blocked(scope, MetricId.Requests, PeriodKind.Day, world.Chance.Between(5, 60)));
        if (world.Chance.Percent(10))
            limits.Add(Blocked(scope, MetricId.TextTokens, PeriodKind.Total, world.Chance.Between(200, 3_000)));
        var set = new LimitSet(1, [.. limits]);
        _requested[scope] = set;
        world.Store.Tables.AddScope(scope, set);
        world.Oracle.LimitsOf(scope).Requested(set);
        world.Thresholds.Requested(scope, set);
        Confirm(scope, set);
    }

    /// <summary>Raises, lowers, sets or removes the month limits of one metric.</summary>
    public void Change()
    {
        var scope = world.Chance.Pick(Topology.Scopes);
        var metric = world.Chance.Pick(Topology.Metrics);
        var old = _requested[scope];
        var kept = old.Limits.Where(l => l.Metric != metric || l.Period != PeriodKind.Month);
        IEnumerable<Limit> drawn = world.Chance.Percent(20) ? [] : DrawMonth(scope, metric);
        var before = old.BlockedAt(metric, PeriodKind.Month, 0);
        var set = new LimitSet(old.Version + 1, [.. kept, .. drawn]);
        world.Trace.Add(Describe(before, set.BlockedAt(metric, PeriodKind.Month, 0)), scope.Value, set.Version);
        Put(scope, set);
    }

    /// <summary>Raises a blocked limit for a while; it stays the same limit.</summary>
    public void Boost()
    {
        var scope = world.Chance.Pick(Topology.Scopes);
        var old = _requested[scope];
        var blocked = old.Limits.Where(l => l is { Kind: LimitKind.Blocked, Period: PeriodKind.Month }).ToArray();
        if (blocked.Length == 0)
            return;
        var limit = world.Chance.Pick(blocked);
        var boosted = limit with
        {
            BoostedUnits = limit.ValueUnits + world.Chance.Between(1, 200),
            BoostedUntilMs = host.Now.WallMs + world.Chance.Between(100, 2_000),
        };
        var set = new LimitSet(old.Version + 1, old.Limits.Replace(limit, boosted));
        world.Trace.Add("limit boosted", scope.Value, set.Version);
        Put(scope, set);
    }

    public void Effective(ScopeId scope, long version)
    {
        world.Trace.Add("limits effective", scope.Value, version);
        _effective[scope] = Math.Max(version, _effective.GetValueOrDefault(scope));
        world.Oracle.LimitsOf(scope).Effective(version);
    }

    private static string Describe(long? before, long? after) => (before, after) switch
    {
        (null, null) => "warnings changed",
        (null, _) => "limit first set",
        (_, null) => "limit removed",
        _ when after > before => "limit raised",
        _ => "limit lowered",
    };

    private void Put(ScopeId scope, LimitSet set)
    {
        _requested[scope] = set;
        world.Oracle.LimitsOf(scope).Requested(set);
        world.Thresholds.Requested(scope, set);
        Write(scope, set);
    }

    private void Write(ScopeId scope, LimitSet set)
    {
        var tables = world.Store.Tables;
        world.Store.Execute(host, () => tables.SetLimits(scope, set), answer =>
        {
            if (answer.Known)
                Confirm(scope, set);
            else
                host.After(20_000, () => Write(scope, set));
        });
    }

    private void Confirm(ScopeId scope, LimitSet set)
    {
        if (_requested[scope].Version > set.Version || _effective.GetValueOrDefault(scope) >= set.Version)
            return;
        if (world.Store.Tables.Scope(scope).Limits.Version >= set.Version)
            world.Authorities.Tell(scope, authority => authority.OnLimits(set));
        host.After(AskEveryUs, () => Confirm(scope, set));
    }

    private ImmutableArray<Limit> DrawMonth(ScopeId scope, MetricId metric)
    {
        var drawn = ImmutableArray.CreateBuilder<Limit>();
        var value = world.Chance.Percent(10) ? world.Chance.Between(0, 3) : world.Chance.Between(10, 800);
        if (world.Chance.Percent(85))
            drawn.Add(Blocked(scope, metric, PeriodKind.Month, value));
        for (var warnings = world.Chance.Below(3); warnings > 0; warnings--)
        {
            drawn.Add(Blocked(scope, metric, PeriodKind.Month, world.Chance.Between(0, value)) with
            {
                Kind = LimitKind.Warning,
            });
        }

        return drawn.ToImmutable();
    }

    private Limit Blocked(ScopeId scope, MetricId metric, PeriodKind period, long units) =>
        new(++_lastLimit, scope, metric, period, LimitKind.Blocked, LimitSource.Limit, units);
}
