using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>
/// Planted bug: rights that are idle at the end of a period are idle at the start of the next one too.
/// </summary>
internal sealed class RightsCarrier
{
    private readonly Dictionary<(CounterKey Metric, int Kind), (EdgeCounter Counter, long Idle)> _seen = [];

    public void Carry(EdgeCore core, CoreInstant now)
    {
        foreach (var scope in core.Scopes)
        {
            foreach (var counter in scope.Counters())
                CarryInto(scope, counter);
        }
    }

    private void CarryInto(EdgeScope scope, EdgeCounter counter)
    {
        var kind = counter.Id.Period.Kind;
        var metric = new CounterKey(scope.Id, counter.Id with { Period = default });
        if (_seen.TryGetValue((metric, (int)kind), out var seen) && seen.Counter != counter)
        {
            counter.Rights += seen.Idle;
            counter.Granted += seen.Idle;
        }

        _seen[(metric, (int)kind)] = (counter, counter.Rights);
    }
}
