using Orleans.Concurrency;
using Sluice.Bench.Peers;

namespace Sluice.Bench.Naive;

/// <summary>A key; calls interleave, because one that waits for its tenant must not block the others.</summary>
[Reentrant, GrainType("naive-key")]
internal sealed class NaiveKey(TimeProvider time) : Grain, INaiveKey
{
    private readonly MonthCounter _counter = new(time);

    public async ValueTask<bool> TakeAsync(long tokens)
    {
        if (!_counter.TryTake(tokens))
            return false;
        var (_, project, tenant) = PeerScopes.Of((int)this.GetPrimaryKeyLong());
        if (await GrainFactory.GetGrain<INaiveProject>(project).TakeAsync(tenant, tokens))
            return true;
        _counter.GiveBack(tokens);
        return false;
    }
}
