using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Oracle;

/// <summary>
/// Checks INV12: each threshold's threshold event exists exactly once per period, and only if usage rose to it. Checks
/// INV14: only a refusal of a request that repeats nothing fires a limit.
/// </summary>
internal sealed class ThresholdAudit
{
    private readonly World _world;
    private readonly Dictionary<long, Limit> _limits = [];
    private readonly Dictionary<(long Limit, CounterKey Counter), long> _usedWhenSet = [];
    private readonly List<(EdgeProcess Edge, CounterKey Counter, long Version, long Units)> _refusals = [];

    public ThresholdAudit(World world)
    {
        _world = world;
        world.Store.Tables.OnFired = OnFired;
    }

    public void Requested(ScopeId scope, LimitSet set)
    {
        foreach (var limit in set.Limits)
        {
            if (!_limits.TryAdd(limit.Id, limit))
            {
                _limits[limit.Id] = limit;
                continue;
            }

            foreach (var (counter, sum) in _world.Store.Tables.Ledger)
            {
                if (counter.Scope == scope && Watches(limit, counter))
                    _usedWhenSet[(limit.Id, counter)] = sum.Units - InFlight(counter);
            }
        }
    }

    public void Refused(EdgeProcess edge, SimRequest request)
    {
        if (request.RefusedBy is not { } counter || request.Kind == RequestKind.Check)
            return;
        var key = new CounterKey(counter.Scope.Id, counter.Id);
        _refusals.Add((edge, key, counter.Scope.Limits.Version, request.RefusedUnits));
    }

    /// <summary>
    /// Checks after healing that no threshold that usage rose to, and no first refusal, went unnoticed.
    /// </summary>
    public void CheckNothingMissing()
    {
        foreach (var scope in Topology.Scopes)
        {
            var row = _world.Store.Tables.Scope(scope);
            foreach (var limit in row.Limits.Limits)
            {
                if (!row.Armed.Contains(new ArmedThreshold(limit.Id, limit.ValueUnits)) && limit.BoostedUntilMs == 0)
                    throw new InvariantViolation("INV12", $"limit {limit.Id} never looked at usage");
                foreach (var (counter, sum) in _world.Store.Tables.Ledger)
                {
                    // When a boost ends, the limit falls below usage, but usage does not rise; and nothing can rise to
                    // zero.
                    var reached = limit.BoostedUntilMs == 0 && limit.ValueUnits > 0 && sum.Units >= limit.ValueUnits;
                    if (counter.Scope == scope && Watches(limit, counter) && reached)
                        Expect(row, limit, counter, fired: false);
                }
            }
        }

        foreach (var scope in Topology.Scopes)
            CheckNothingStays(scope, _world.Store.Tables.Scope(scope));
        foreach (var (edge, counter, version, _) in _refusals)
        {
            var row = _world.Store.Tables.Scope(counter.Scope);
            if (!edge.Alive || row.Limits.Version != version)
                continue;
            var blocked = row.Limits.BlockedAt(counter.Counter.Metric, counter.Counter.Period.Kind, _world.WallMs);
            foreach (var limit in row.Limits.Limits)
            {
                var tightest = limit.Kind == LimitKind.Blocked && limit.ValueUnits == blocked;
                if (tightest && limit.BoostedUntilMs == 0 && Watches(limit, counter))
                    Expect(row, limit, counter, fired: true);
            }
        }
    }

    /// <summary>
    /// Checks that a threshold that had fired and is over is known to be, unless it waits for a boost to end.
    /// </summary>
    private void CheckNothingStays(ScopeId scope, ScopeRow row)
    {
        foreach (var line in row.Marks.Values.Where(static l => l.Status == ThresholdStatus.Fired))
        {
            var counter = new CounterKey(scope, line.Counter);
            var watching = row.Limits.Limits.Where(l => l.Kind == line.Kind && Watches(l, counter)).ToArray();
            if (Array.Exists(watching, static l => l.BoostedUntilMs != 0))
                continue;
            var used = _world.Store.Tables.LedgerUnits(counter);
            var isSet = watching.Any(l => (l.Id, l.ValueUnits) == (line.LimitId, line.ValueUnits));
            if (!isSet && !watching.Any(l => l.ValueUnits <= used))
                throw new InvariantViolation("INV12", $"{counter}: over and not resolved: {line}");
        }
    }

    private static void Expect(ScopeRow row, Limit limit, CounterKey counter, bool fired)
    {
        var found = row.Marks.TryGetValue((limit.Id, limit.ValueUnits, counter.Counter.Period.Value), out var line);
        if (!found || (fired && line.Status < ThresholdStatus.Fired))
        {
            var what = fired ? "not fired at a refusal" : "not fired";
            throw new InvariantViolation(
                "INV12", $"{limit.Kind} limit {limit.Id} of {limit.ValueUnits} in {counter}: {what}, {line.Status}");
        }
    }

    private void OnFired(ScopeId scope, ThresholdLine line)
    {
        _world.Trace.Add("threshold fired", scope.Value, line.LimitId, line.UsedUnits);
        var limit = _limits[line.LimitId];
        var counter = new CounterKey(scope, line.Counter);
        if (line.RefusedUnits > 0)
        {
            if (limit.Kind != LimitKind.Blocked)
                throw new InvariantViolation("INV12", $"warning {limit.Id} fired by a refusal");
            if (!_refusals.Any(r => r.Counter == counter && r.Units == line.RefusedUnits))
                throw new InvariantViolation("INV14", $"limit {limit.Id} fired by a repeat of {line.RefusedUnits}");
            return;
        }

        if (_world.Store.Tables.LedgerUnits(counter) < line.ValueUnits)
            throw new InvariantViolation("INV12", $"limit {limit.Id} fired at {line.UsedUnits}, the ledger has less");
        var before = _usedWhenSet.GetValueOrDefault((limit.Id, counter));
        if (limit.BoostedUntilMs == 0 && before > 0 && before >= limit.ValueUnits)
            throw new InvariantViolation("INV12", $"limit {limit.Id} was set at or below usage {before} and fired");
    }

    /// <summary>
    /// Returns takes whose edge does not yet know that they are in the ledger: no client has an answer for them either.
    /// </summary>
    private long InFlight(CounterKey counter)
    {
        var sum = 0L;
        foreach (var edge in _world.Edges.Living)
        {
            if (edge.Core.FindScope(counter.Scope) is not { } scope)
                continue;
            foreach (var c in scope.Counters().Concat(scope.Retired))
                sum += c.Id == counter.Counter ? c.InFlight + c.InFlightExtra : 0;
            sum += edge.CommittingUnits(counter);
        }

        return sum;
    }

    private static bool Watches(Limit limit, CounterKey counter) =>
        limit.Metric == counter.Counter.Metric && limit.Period == counter.Counter.Period.Kind;
}
