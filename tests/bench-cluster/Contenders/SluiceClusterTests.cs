using Sluice.Bench.Cluster.Contenders;
using Sluice.Bench.Http;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Runs;
using Xunit;

namespace Sluice.Bench.Cluster.Tests.Contenders;

public sealed class SluiceClusterTests
{
    private const int Requests = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_TakeLoadTogether_AndEachCountsItsOwnCallsToAuthorities()
    {
        var time = TimeProvider.System;
        await using var sluice = new SluiceCluster(2, time);
        var endpoint = await sluice.StartAsync(Cancellation);
        var options = new RunOptions
        {
            Targets = endpoint.Targets,
            RunId = "test",
            Keys = endpoint.Keys,
            Connections = 4,
        };
        var source = new HammerSource(endpoint.Keys.Count, tokens: 100, Requests, TimeSpan.MaxValue, time);

        var run = await new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, Cancellation);

        Assert.Equal(Requests, run.Tally.Counted);
        Assert.Equal(2, sluice.Calls.Count);
        foreach (var node in sluice.Calls)
            Assert.NotEqual(0, await Diagnostics.ReadAsync(node, "authorityCalls", Cancellation));
        var plan = new HttpPlan(TimeSpan.FromMilliseconds(200), Rounds: 1, Connections: 4);
        var rates = await new AuthorityCallRates(sluice.Calls, endpoint, plan, TextWriter.Null, time)
            .MeasureAsync(Cancellation);
        Assert.Equal([50, 500, 5_000], rates.Select(rate => rate.RequestsPerSecond));
    }
}
