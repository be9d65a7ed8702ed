using System.Net;
using System.Net.Http.Headers;
using Sluice.Bench.Contenders;
using Sluice.Bench.Http;
using Sluice.Bench.Peers;
using Sluice.LoadTest.Events;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Contenders;

/// <summary>The silos of the naive peer are one cluster, and their counters are exact.</summary>
public sealed class NaiveClusterTests
{
    [Fact]
    [Trait("run", "soak")]
    public async Task Silos_TakeLoadTogether_AndShareTheirCounters()
    {
        var time = TimeProvider.System;
        await using var naive = new NaiveCluster(2, time);
        var plan = new HttpPlan(TimeSpan.FromMilliseconds(200), Rounds: 1, Connections: 4)
        {
            WarmUp = TimeSpan.FromMilliseconds(50),
        };
        var comparison = new HttpComparison(plan, TextWriter.Null, time);
        const int LastKey = PeerScopes.Keys - 1;

        // Load only on the first tenant, so that the last one's counters are at zero.
        var results = await comparison.RunAsync(
            [new("naive", naive, SendMode.Consume, AckMode.Durable, 4, PeerScopes.KeysPerTenant)],
            TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(results).NotRunBecause);
        var endpoint = comparison.EndpointOf(naive)!;
        Assert.Equal(2, endpoint.Targets.Distinct().Count());
        const int OtherProject = LastKey - PeerScopes.KeysPerProject;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(endpoint, node: 0, LastKey, tokens: 1));

        // The tenant refuses, and the key and its project have given back what they took: otherwise the next would
        // fail.
        Assert.Equal(
            HttpStatusCode.TooManyRequests, await PostAsync(endpoint, node: 1, OtherProject, PeerScopes.LimitTokens));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(endpoint, node: 1, OtherProject, PeerScopes.LimitTokens - 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(endpoint, node: 0, LastKey, tokens: 1));
    }

    private static async Task<HttpStatusCode> PostAsync(Endpoint endpoint, int node, int key, long tokens)
    {
        using var client = new HttpClient { BaseAddress = endpoint.Targets[node].BaseAddress };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", endpoint.Keys[key].Secret);
        using var body = new StringContent($$$"""{"id":"one","metrics":{"text_tokens":{{{tokens}}}}}""");
        using var response = await client.PostAsync("/v1/usage", body, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
