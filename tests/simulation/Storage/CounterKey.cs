using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Simulation.Storage;

/// <summary>A counter, named across scopes.</summary>
internal readonly record struct CounterKey(ScopeId Scope, CounterId Counter)
{
    public override string ToString() => $"{Scope.Kind}{Scope.Value}/m{Counter.Metric.Value}/{Counter.Period.Value}";
}
