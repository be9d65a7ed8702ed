using Orleans.Concurrency;

namespace Sluice.Bench.Naive;

/// <summary>The last grain of a call chain: its takes are never undone.</summary>
[Reentrant, GrainType("naive-tenant")]
internal sealed class NaiveTenant(TimeProvider time) : Grain, INaiveTenant
{
    private readonly MonthCounter _counter = new(time);

    public ValueTask<bool> TakeAsync(long tokens) => ValueTask.FromResult(_counter.TryTake(tokens));
}
