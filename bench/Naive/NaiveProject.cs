using Orleans.Concurrency;

namespace Sluice.Bench.Naive;

/// <summary>A project; calls interleave, as those of a key do.</summary>
[Reentrant, GrainType("naive-project")]
internal sealed class NaiveProject(TimeProvider time) : Grain, INaiveProject
{
    private readonly MonthCounter _counter = new(time);

    public async ValueTask<bool> TakeAsync(long tenant, long tokens)
    {
        if (!_counter.TryTake(tokens))
            return false;
        if (await GrainFactory.GetGrain<INaiveTenant>(tenant).TakeAsync(tokens))
            return true;
        _counter.GiveBack(tokens);
        return false;
    }
}
