using Orleans.Concurrency;

namespace Sluice.Bench.Cluster.Naive;

/// <summary>The last to be asked: whatever it takes stays taken.</summary>
[Reentrant, GrainType("naive-tenant")]
internal sealed class NaiveTenant(TimeProvider time) : Grain, INaiveTenant
{
    private readonly MonthCounter _counter = new(time);

    public ValueTask<bool> TakeAsync(long tokens) => ValueTask.FromResult(_counter.TryTake(tokens));
}
