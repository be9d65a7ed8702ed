using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Limits at several scopes at once: which one refuses, and what a refusal leaves behind.</summary>
[Collection<DataPlaneNode>]
public sealed class RefusalTests(NodeHost host)
{
    /// <summary>The limits that can be set, each tested alone while the others are far away.</summary>
    public static TheoryData<string, string, string, string, string> Limits => new()
    {
        { "quota", "tenant", "amount", "quota", "operator" },
        { "tenant limit", "tenant", "amount", "limit", "tenant_administrator" },
        { "project limit", "project", "amount", "limit", "tenant_administrator" },
        { "threshold", "tenant", "text_tokens", "threshold", "operator" },
        { "key limit", "key", "text_tokens", "key", "key_manager" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task TheLimitThatIsReached_IsTheOneThatIsNamed(
        string tight, string scope, string metric, string source, string raisedBy)
    {
        var customer = await PricedAsync();
        int ValueOf(string limit) => limit == tight ? 10 : 1000;
        await customer.SetQuotaAsync(Math.Max(ValueOf("quota"), 10));
        await customer.LimitTenantAsync(Math.Min(ValueOf("tenant limit"), ValueOf("quota")));
        if (tight == "quota")
            await customer.LimitTenantAsync(null);
        await customer.LimitProjectAsync(ValueOf("project limit"));
        await customer.LimitTokensOfTenantAsync(ValueOf("threshold"));
        await customer.LimitKeyAsync("text_tokens", ValueOf("key limit"));
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);

        var answer = (await customer.UseAsync(1)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");

        var limit = answer["limit"];
        Assert.Equal(scope, limit.GetProperty("scope").GetString());
        Assert.Equal(metric, limit.GetProperty("metric").GetString());
        Assert.Equal(source, limit.GetProperty("source").GetString());
        Assert.Equal(10, limit.GetProperty("limit").GetInt32());
        Assert.Equal(raisedBy, answer.String("raisedBy"));
        await customer.SeesUsedAsync(10, customer.TenantId);
    }

    [Fact]
    public async Task OfTwoLimitsOnOneCounter_TheLowerOneRefuses()
    {
        var customer = await PricedAsync();
        await customer.SetQuotaAsync(20);
        await customer.LimitTenantAsync(15);

        var answer = await customer.UseAsync(16);

        Assert.Equal("limit", answer.Is(HttpStatusCode.TooManyRequests)["limit"].GetProperty("source").GetString());
        Assert.Equal(15, answer["limit"].GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task ARefusalAtTheTenant_LeavesKeyAndProjectAsTheyWere()
    {
        var customer = await PricedAsync();
        var neighbour = await customer.AnotherProjectAsync();
        await customer.SetQuotaAsync(100);
        await customer.LimitProjectAsync(80);
        await customer.LimitKeyAsync("text_tokens", 50);
        await customer.LimitKeyAsync("requests", 3);
        (await neighbour.UseAsync(95)).Is(HttpStatusCode.OK);

        for (var i = 0; i < 10; i++)
        {
            var refused = (await customer.UseAsync(6)).Is(HttpStatusCode.TooManyRequests);
            Assert.Equal(customer.TenantId, refused["limit"].GetProperty("scopeId").GetString());
        }

        (await customer.UseAsync(5)).Is(HttpStatusCode.OK);
        await customer.SeesUsedAsync(5, customer.KeyId);
        await customer.SeesUsedAsync(1, customer.KeyId, "requests");
        await customer.SeesUsedAsync(5, customer.ProjectId, "amount");
        await customer.SeesUsedAsync(100, customer.TenantId, "amount");
        await customer.SeesInLedgerAsync(100);
    }

    [Fact]
    public async Task ALimitOfOneMetric_RefusesAllOfARequest()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("audio_transcribed_seconds", 1);

        (await customer.UseAsync("""{"metrics": {"text_tokens": 5, "audio_transcribed_seconds": 1.001}}"""))
            .Is(HttpStatusCode.TooManyRequests);

        (await customer.UseAsync("""{"metrics": {"text_tokens": 7, "audio_transcribed_seconds": 1}}"""))
            .Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(7);
        await customer.SeesInLedgerAsync(1, "audio_transcribed_seconds");
    }

    [Fact]
    public async Task AReachedAmount_RefusesFreeRequestsToo()
    {
        var customer = await PricedAsync();
        await customer.LimitTenantAsync(10);
        (await customer.UseAsync("""{"model": "free", "metrics": {"text_tokens": 5}}""")).Is(HttpStatusCode.OK);
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);

        var free = await customer.UseAsync("""{"model": "free", "metrics": {"text_tokens": 5}}""");

        Assert.Equal("amount", free.Is(HttpStatusCode.TooManyRequests)["limit"].GetProperty("metric").GetString());
        await customer.SeesInLedgerAsync(15);
    }

    [Fact]
    public async Task ALimitOfZero_RefusesTheFirstRequest()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 0);

        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync("""{"metrics": {"audio_analyzed_seconds": 1}}""")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AReservation_CountsAtEveryScope()
    {
        var customer = await PricedAsync();
        var neighbour = await customer.AnotherProjectAsync();
        await customer.SetQuotaAsync(10);

        await customer.Key.PostAsync("/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 8}}""");

        var refused = (await neighbour.UseAsync(3)).Is(HttpStatusCode.TooManyRequests);
        Assert.Equal(8, refused["limit"].GetProperty("held").GetInt32());
        (await customer.Key.PostAsync("/v1/reservations/r/commit", """{"metrics": {"text_tokens": 7}}"""))
            .Is(HttpStatusCode.OK);
        (await neighbour.UseAsync(3)).Is(HttpStatusCode.OK);
    }

    /// <summary>Creates a customer whose tokens cost one each, except for the model <c>free</c>.</summary>
    private async Task<Customer> PricedAsync()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1},
             {"model": "free", "metric": "text_tokens", "per": 1, "amount": 0}]
            """);
        return await Customer.CreateAsync(host, "EUR");
    }
}
