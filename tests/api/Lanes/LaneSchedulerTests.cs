using Sluice.Api.Lanes;
using Xunit;

namespace Sluice.Api.Tests.Lanes;

public sealed class LaneSchedulerTests
{
    [Fact(Timeout = 30_000)]
    public async Task WhatIsBegunInALane_StaysThereAcrossItsWaits()
    {
        using var lane = new LaneScheduler("test lane", threads: 2, niceness: 5);

        var names = await RunAsync(lane, async () =>
        {
            var before = Thread.CurrentThread.Name;
            await Task.Delay(1, TestContext.Current.CancellationToken);
            var after = Thread.CurrentThread.Name;
            await Task.Yield();
            return (before, after, Thread.CurrentThread.Name);
        });

        Assert.Equal(("test lane", "test lane", "test lane"), names);
    }

    [Fact(Timeout = 30_000)]
    public async Task AsManyRunAtOnceAsThereAreThreads_AndTheRestGoesOnElsewhere()
    {
        using var lane = new LaneScheduler("test lane", threads: 2, niceness: 0);
        using var release = new ManualResetEventSlim();
        var running = 0;
        var tasks = Enumerable.Range(0, 5).Select(_ => RunAsync(lane, () =>
        {
            Interlocked.Increment(ref running);
            release.Wait();
            return Task.FromResult(0);
        })).ToArray();
        while (Volatile.Read(ref running) < 2)
            await Task.Yield();

        // The thread pool is free although the lane is full.
        Assert.Equal(7, await Task.Run(static () => 7, TestContext.Current.CancellationToken));
        Assert.Equal(2, Volatile.Read(ref running));
        release.Set();
        await Task.WhenAll(tasks);
    }

    [Fact(Timeout = 30_000)]
    public async Task AfterItsEnd_NothingIsLost()
    {
        var lane = new LaneScheduler("test lane", threads: 1, niceness: 0);
        lane.Dispose();

        Assert.Equal(3, await RunAsync(lane, static () => Task.FromResult(3)));
    }

    private static Task<T> RunAsync<T>(LaneScheduler lane, Func<Task<T>> run) => Task.Factory
        .StartNew(run, TestContext.Current.CancellationToken, TaskCreationOptions.None, lane).Unwrap();
}
