using System.Net;
using System.Net.Http.Headers;
using Sluice.Bench.Contenders;
using Sluice.Bench.Http;
using Sluice.LoadTest.Events;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Contenders;

/// <summary>Each peer runs as a process, takes the load of the comparison and enforces its limits.</summary>
public sealed class PeerTests
{
    [Fact]
    public async Task EveryPeer_TakesTheLoad_AndCountsEveryEvent()
    {
        var time = TimeProvider.System;
        await using var echo = new EchoContender(time);
        await using var postgres = new PostgresContender(time);
        var plan = new HttpPlan(TimeSpan.FromMilliseconds(200), Rounds: 1, Connections: 4)
        {
            WarmUp = TimeSpan.FromMilliseconds(50),
        };
        HttpRow[] rows =
        [
            new("echo", echo, SendMode.Consume, AckMode.Durable, 4),
            new("postgres", postgres, SendMode.Consume, AckMode.Durable, 4),
        ];
        var comparison = new HttpComparison(plan, TextWriter.Null, time);

        var results = await comparison.RunAsync(rows, TestContext.Current.CancellationToken);

        Assert.All(results, row => Assert.Null(row.NotRunBecause));
        Assert.All(results, row => Assert.NotEqual(0, row.EventsPerSecond));
        var endpoint = comparison.EndpointOf(postgres)!;
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(endpoint, long.MaxValue / 4));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(endpoint, 1));
    }

    private static async Task<HttpStatusCode> PostAsync(Endpoint endpoint, long tokens)
    {
        using var client = new HttpClient { BaseAddress = endpoint.Targets[0].BaseAddress };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", endpoint.Keys[0].Secret);
        using var body = new StringContent($$$"""{"id":"one-{{{tokens}}}","metrics":{"text_tokens":{{{tokens}}}}}""");
        using var response = await client.PostAsync("/v1/usage", body, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
