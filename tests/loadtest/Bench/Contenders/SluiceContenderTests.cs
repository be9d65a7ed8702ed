using System.Net;
using System.Net.Http.Json;
using Sluice.Bench.Contenders;
using Sluice.Bench.Http;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Runs;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Contenders;

public sealed class SluiceContenderTests
{
    private const int Requests = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("run", "soak")]
    public async Task Nodes_TakeLoadTogether_AndEachCountsItsOwnCallsToAuthorities()
    {
        var time = TimeProvider.System;
        await using var sluice = new SluiceContender(Repository.NodeProgram, nodes: 2, time);
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
            Assert.NotEqual(0, await NodeDiagnostics.ReadAsync(node, "authorityCalls", Cancellation));
        var plan = new HttpPlan(TimeSpan.FromMilliseconds(200), Rounds: 1, Connections: 4);
        var rates = await new AuthorityCallRates(sluice.Calls, endpoint, plan, TextWriter.Null, time)
            .MeasureAsync(Cancellation);
        Assert.Equal([50, 500, 5_000], rates.Select(rate => rate.RequestsPerSecond));
    }

    [Fact]
    public async Task Node_StartsAgain_OnTheSameDatabase()
    {
        await using var sluice = new SluiceContender(Repository.NodeProgram, nodes: 1, TimeProvider.System);
        var before = await sluice.StartAsync(Cancellation);

        Assert.NotEqual(TimeSpan.Zero, await sluice.RestartAsync());

        using var client = new HttpClient { BaseAddress = sluice.Addresses.Single() };
        Assert.NotEqual(before.Targets.Single().BaseAddress, client.BaseAddress);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/usage")
        {
            Content = JsonContent.Create(new { id = "after", metrics = new { text_tokens = 1 } }),
        };
        request.Headers.Authorization = new("Bearer", before.Keys[0].Secret);
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ProgramThatIsNotBuilt_IsSaidInTheTable()
    {
        await using var sluice = new SluiceContender("/nonexistent/Sluice.Silo.dll", nodes: 1, TimeProvider.System);

        await Assert.ThrowsAsync<ContenderUnavailableException>(() => sluice.StartAsync(Cancellation));
    }
}
