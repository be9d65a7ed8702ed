using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class DuplicateTests(NodeHost host)
{
    private const string Body = """{"id": "evt-1", "model": "m", "member": "ada", "metrics": {"text_tokens": 5}}""";

    [Fact]
    public async Task TheSameIdAgain_IsAnsweredAsTheFirstTime_EvenAfterPricesHaveChanged()
    {
        var customer = await PricedAsync("EUR", 2);
        var first = (await customer.UseAsync(Body)).Is(HttpStatusCode.OK);
        await PriceAsync("EUR", 7);

        var second = (await customer.UseAsync(Body)).Is(HttpStatusCode.OK);
        var other = await customer.UseAsync(5, "evt-2");

        Assert.False(first["duplicate"].GetBoolean());
        Assert.True(second["duplicate"].GetBoolean());
        Assert.Equal("evt-1", second.String("id"));
        Assert.Equal(
            ["10", "10", "35"], new[] { first, second, other }.Select(static a => a["amount"].GetRawText()));
        await customer.SeesInLedgerAsync(10);
        await customer.SeesInLedgerAsync(45, "amount");
    }

    [Theory]
    [InlineData("/v1/usage", HttpStatusCode.OK)]
    [InlineData("/v1/reservations", HttpStatusCode.Created)]
    public async Task AnIdempotencyKey_IsTheId_WhereTheBodyHasNone(string address, HttpStatusCode done)
    {
        var customer = await Customer.CreateAsync(host);
        var (body, other) = (new { metrics = new { text_tokens = 5 } }, new { metrics = new { text_tokens = 6 } });

        var first = (await customer.Key.PostAsync(address, body, idempotencyKey: "try-1")).Is(done);
        var second = (await customer.Key.PostAsync(address, body, idempotencyKey: "try-1")).Is(done);
        (await customer.Key.PostAsync(address, other, idempotencyKey: "try-1"))
            .IsProblem(HttpStatusCode.Conflict, "id-conflict");
        var named = await customer.Key.PostAsync(
            address, new { id = "own", body.metrics }, idempotencyKey: "try-1");
        (await customer.Key.PostAsync(address, body, idempotencyKey: new string('k', 129)))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");

        Assert.Equal(["try-1", "try-1", "own"], new[] { first, second, named }.Select(static a => a.String("id")));
        Assert.Equal(
            [false, true, false],
            new[] { first, second, named }.Select(static a => a["duplicate"].GetBoolean()));
    }

    [Fact]
    public async Task ARepeat_IsNotRefused_WhenTheLimitWasExhaustedMeanwhile()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 8);
        await customer.UseAsync(Body);
        await customer.UseAsync(3);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);

        var repeat = (await customer.UseAsync(Body)).Is(HttpStatusCode.OK);

        Assert.True(repeat["duplicate"].GetBoolean());
        Assert.True(repeat["allowed"].GetBoolean());
        await customer.SeesUsedAsync(8, customer.KeyId);
    }

    [Fact]
    public async Task ARefusedId_MayBeUsedAgain_OnceThereIsRoom()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 4);
        (await customer.UseAsync(Body)).Is(HttpStatusCode.TooManyRequests);
        await customer.LimitKeyAsync("text_tokens", 5);

        var answer = (await customer.UseAsync(Body)).Is(HttpStatusCode.OK);

        Assert.False(answer["duplicate"].GetBoolean());
        await customer.SeesInLedgerAsync(5);
    }

    [Theory]
    [InlineData("""{"id": "evt-1", "model": "m", "member": "ada", "metrics": {"text_tokens": 6}}""")]
    [InlineData("""{"id": "evt-1", "model": "n", "member": "ada", "metrics": {"text_tokens": 5}}""")]
    [InlineData("""{"id": "evt-1", "model": "m", "member": "bob", "metrics": {"text_tokens": 5}}""")]
    [InlineData("""{"id": "evt-1", "model": "m", "member": "ada", "metrics": {"requests": 5}}""")]
    [InlineData("""{"id": "evt-1", "model": "m", "member": "ada", "metrics": {"text_tokens": 5, "requests": 2}}""")]
    [InlineData("""{"id": "evt-1", "model": "m", "member": "ada", "metrics": {"text_tokens": 5}, "mode": "record"}""")]
    [InlineData(
        """
        {"id": "evt-1", "model": "m", "member": "ada", "metrics": {"text_tokens": 5}, "at": "2026-11-19T00:00:00Z"}
        """)]
    public async Task TheSameIdWithAnotherBody_IsAConflict_AndCountsNothing(string other)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync(Body);

        var answer = await customer.UseAsync(other);

        answer.IsProblem(HttpStatusCode.Conflict, "id-conflict");
        Assert.Equal("evt-1", answer.String("id"));
        Assert.Contains("evt-1", answer.String("detail"));
        await customer.SeesInLedgerAsync(5);
        await customer.SeesInLedgerAsync(1, "requests");
    }

    [Fact]
    public async Task TheOrderOfFields_AndHowNumbersAreSpelled_MakeNoOtherBody()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync("""{"id": "evt-1", "metrics": {"text_tokens": 500, "audio_analyzed_seconds": 1.5}}""");

        var answer = await customer.UseAsync(
            """
            {"metrics": {"audio_analyzed_seconds": 1.500, "\u0074ext_tokens": 5e2},
             "ack": "memory", "id": "evt-1"}
            """);

        Assert.True(answer.Is(HttpStatusCode.OK)["duplicate"].GetBoolean());
    }

    [Fact]
    public async Task KeysHaveIdsOfTheirOwn()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherKeyAsync();
        await customer.UseAsync(Body);

        var answer = (await other.UseAsync(Body)).Is(HttpStatusCode.OK);

        Assert.False(answer["duplicate"].GetBoolean());
        await customer.SeesInLedgerAsync(10);
    }

    [Fact]
    public async Task AnIdThatWasMadeHere_WorksLikeACallers()
    {
        var customer = await Customer.CreateAsync(host);
        var made = (await customer.UseAsync("""{"metrics": {"text_tokens": 5}}""")).String("id");

        var answer = (await customer.UseAsync(5, made)).Is(HttpStatusCode.OK);

        Assert.True(answer["duplicate"].GetBoolean());
        await customer.SeesInLedgerAsync(5);
    }

    [Fact]
    public async Task OneIdFromManyClientsAtOnce_CountsOnce_AndOnlyOneIsNoDuplicate()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => customer.UseAsync(Body)));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.OK));
        Assert.Single(answers, static answer => !answer["duplicate"].GetBoolean());
        await customer.SeesUsedAsync(5, customer.KeyId);
        await customer.SeesInLedgerAsync(5);
    }

    private async Task<Customer> PricedAsync(string currency, int amount)
    {
        await PriceAsync(currency, amount);
        return await Customer.CreateAsync(host, currency);
    }

    private Task PriceAsync(string currency, int amount) => host.Operator().PriceAsync(
        currency, $$"""[{"model": "*", "metric": "text_tokens", "per": 1, "amount": {{amount}}}]""");
}
