using System.Globalization;
using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class MetricTests(NodeHost host) : IClassFixture<NodeHost>
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task TheBuiltInMetrics_ComeFirst()
    {
        var items = (await _api.GetAsync("/api/v1/metrics")).Is(HttpStatusCode.OK)["items"];

        Assert.Equal(
            """{"name":"amount","decimals":6,"rounding":"none","derived":true,"builtIn":true}""",
            items[0].GetRawText());
        Assert.Equal(
            """{"name":"text_tokens","decimals":0,"rounding":"none","derived":false,"builtIn":true}""",
            items[3].GetRawText());
    }

    [Fact]
    public async Task AnAddedMetric_CanBeLimitedAndCountedAtOnce()
    {
        var added = await _api.PostAsync("/api/v1/metrics", new { name = "gpu_seconds", decimals = 2 });

        Assert.Equal(
            """{"name":"gpu_seconds","decimals":2,"rounding":"none","derived":false,"builtIn":false}""",
            added.Is(HttpStatusCode.Created).Text);
        var customer = await Customer.CreateAsync(host);
        (await _api.PutAsync(
            $"{customer.TenantPath}/usage-thresholds", """{"metrics": {"gpu_seconds": {"blocked": 1.25}}}"""))
            .Is(HttpStatusCode.OK);
        (await customer.UseAsync("""{"metrics": {"gpu_seconds": 1.25}}""")).Is(HttpStatusCode.OK);
        (await customer.UseAsync("""{"metrics": {"gpu_seconds": 0.01}}""")).Is(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("nearest", "1.24", "1.25")]
    [InlineData("up", "1.25", "1.25")]
    public async Task AMetricThatRounds_TakesAmountsWithMoreDecimals(string rounding, string first, string second)
    {
        var name = $"gpu_{rounding}";
        var added = await _api.PostAsync("/api/v1/metrics", new { name, decimals = 2, rounding });
        Assert.Equal(rounding, added.Is(HttpStatusCode.Created).String("rounding"));
        Assert.Contains(
            $"\"name\":\"{name}\",\"decimals\":2,\"rounding\":\"{rounding}\"",
            (await _api.GetAsync("/api/v1/metrics")).Text);
        var customer = await Customer.CreateAsync(host);

        (await UseAsync("1.2449")).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(decimal.Parse(first, Invariant), name);
        (await customer.Key.PostAsync(
            "/v1/reservations", $$$"""{"id": "r", "metrics": {"{{{name}}}": 0.0049999999999999999999}}"""))
            .Is(HttpStatusCode.Created);
        (await customer.Key.PostAsync(
            "/v1/reservations/r/commit", $$$"""{"metrics": {"{{{name}}}": 0.0050000000000000000001}}"""))
            .Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(
            decimal.Parse(rounding == "up" ? "1.26" : second, Invariant), name);

        Task<Answer> UseAsync(string amount) =>
            customer.UseAsync($$$"""{"id": "e", "metrics": {"{{{name}}}": {{{amount}}}}}""");
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
    [InlineData("""{"name": "gpu", "rounding": "down"}""", "rounding: one-of")]
    public async Task EveryRule_IsNamedWithItsField(string body, string broken) =>
        (await _api.PostAsync("/api/v1/metrics", body)).BreaksRules(broken);
}
