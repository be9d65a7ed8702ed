using Orleans.Concurrency;

namespace Sluice.Bench.Naive;

/// <summary>The last grain of a call chain: what it takes is never given back.</summary>
[Reentrant, GrainType("naive-tenant")]
internal sealed class NaiveTenant(TimeProvider time) : Grain, INaiveTenant
{
    private readonly MonthCounter _counter = new(time);

    public ValueTask<bool> TakeAsync(long tokens) => ValueTask.FromResult(_counter.TryTake(tokens));
}
