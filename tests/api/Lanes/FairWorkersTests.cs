using Sluice.Api.Lanes;
using Xunit;

namespace Sluice.Api.Tests.Lanes;

public sealed class FairWorkersTests
{
    [Fact(Timeout = 30_000)]
    public async Task Owners_AreServedInTurn_HoweverMuchOneHasToDo()
    {
        using var workers = new FairWorkers("test", threads: 1, niceness: 0);
        using var begin = new ManualResetEventSlim();
        var done = new List<long>();
        var all = new List<Task> { workers.RunAsync(1, begin.Wait) };
        for (var i = 0; i < 10; i++)
            all.Add(workers.RunAsync(1, () => done.Add(1)));
        all.Add(workers.RunAsync(2, () => done.Add(2)));
        all.Add(workers.RunAsync(3, () => done.Add(3)));

        begin.Set();
        await Task.WhenAll(all);

        Assert.Equal([1, 2, 3], done.Take(3).Order());
        Assert.Equal(12, done.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task AFailure_IsItsCallersAlone()
    {
        using var workers = new FairWorkers("test", threads: 1, niceness: 0);

        await Assert.ThrowsAsync<FormatException>(() => workers.RunAsync(1, static () => throw new FormatException()));

        var ran = false;
        await workers.RunAsync(1, () => ran = true);
        Assert.True(ran);
    }

    [Fact(Timeout = 30_000)]
    public async Task AtTheEnd_WhatWaitsIsDone_AndNothingMoreIsTaken()
    {
        var workers = new FairWorkers("test", threads: 1, niceness: 0);
        using var begin = new ManualResetEventSlim();
        var first = workers.RunAsync(1, begin.Wait);
        var second = workers.RunAsync(1, static () => { });
        workers.Dispose();
        begin.Set();

        await Task.WhenAll(first, second);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => workers.RunAsync(1, static () => { }));
    }
}
