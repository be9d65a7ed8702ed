using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class MetricTests(NodeHost host) : IClassFixture<NodeHost>
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task TheBuiltInMetrics_ComeFirst()
    {
        var items = (await _api.GetAsync("/api/v1/metrics")).Is(HttpStatusCode.OK)["items"];

        Assert.Equal(
            """{"name":"amount","decimals":6,"derived":true,"builtIn":true}""", items[0].GetRawText());
        Assert.Equal(
            """{"name":"text_tokens","decimals":0,"derived":false,"builtIn":true}""", items[3].GetRawText());
    }

    [Fact]
    public async Task AnAddedMetric_CanBeLimitedAndCountedAtOnce()
    {
        var added = await _api.PostAsync("/api/v1/metrics", new { name = "gpu_seconds", decimals = 2 });

        Assert.Equal(
            """{"name":"gpu_seconds","decimals":2,"derived":false,"builtIn":false}""",
            added.Is(HttpStatusCode.Created).Text);
        var customer = await Customer.CreateAsync(host);
        (await _api.PutAsync(
            $"{customer.TenantPath}/usage-thresholds", """{"metrics": {"gpu_seconds": {"blocked": 1.25}}}"""))
            .Is(HttpStatusCode.OK);
        (await customer.UseAsync("""{"metrics": {"gpu_seconds": 1.25}}""")).Is(HttpStatusCode.OK);
        (await customer.UseAsync("""{"metrics": {"gpu_seconds": 0.01}}""")).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task MetricsAddedAtOnce_GetDifferentNumbers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            _api.PostAsync("/api/v1/metrics", new { name = $"at_once_{i}" })));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.Created));
        Assert.Equal(6L, await host.QueryAsync<long>(
            "select count(distinct id) from metric where name like 'at_once_%' and id >= 16"));
    }

    [Theory]
    [InlineData("requests")]
    [InlineData("amount")]
    public async Task ANameThatIsTaken_IsAConflict(string name) =>
        (await _api.PostAsync("/api/v1/metrics", new { name })).IsProblem(HttpStatusCode.Conflict, "conflict");

    [Theory]
    [InlineData("""{}""", "name: required")]
    [InlineData("""{"name": "GPU"}""", "name: name-form")]
    [InlineData("""{"name": "gpu", "decimals": 7}""", "decimals: decimals-range")]
    [InlineData("""{"name": "gpu", "decimals": -1}""", "decimals: decimals-range")]
    public async Task EveryRule_IsNamedWithItsField(string body, string broken) =>
        (await _api.PostAsync("/api/v1/metrics", body)).BreaksRules(broken);
}
