using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class PriceBookTests(NodeHost host) : IClassFixture<NodeHost>
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task WhatIsPut_IsWhatIsInForce()
    {
        var put = await _api.PutAsync("/api/v1/price-book", """
            {
              "effectiveFrom": "2026-01-01T09:00:00+09:00",
              "currency": "JPY",
              "prices": [
                {"model": "plamo-2.1-prime", "metric": "text_tokens", "per": 1000000, "amount": 60.5, "credits": 1},
                {"model": "*", "metric": "audio_transcribed_seconds", "per": 60, "credits": 0.25}
              ]
            }
            """);

        put.IsJson("""
            {
              "effectiveFrom": "2026-01-01T00:00:00Z",
              "currency": "JPY",
              "prices": [
                {"model": "*", "metric": "audio_transcribed_seconds", "per": 60, "amount": 0, "credits": 0.25},
                {"model": "plamo-2.1-prime", "metric": "text_tokens", "per": 1000000, "amount": 60.5, "credits": 1}
              ]
            }
            """);
        Assert.Equal(put.Text, (await _api.GetAsync("/api/v1/price-book?currency=JPY")).Text);
    }

    [Fact]
    public async Task OfSeveralBooks_TheLastToHaveComeIntoForceCounts()
    {
        await PutAsync("EUR", "2020-01-01T00:00:00Z", 1);
        await PutAsync("EUR", "2090-01-01T00:00:00Z", 3);
        await PutAsync("EUR", "2021-01-01T00:00:00Z", 2);

        Assert.Equal(2, await PriceAsync("currency=EUR"));
        Assert.Equal(1, await PriceAsync("currency=EUR&at=2020-12-31T23:59:59Z"));
        Assert.Equal(2, await PriceAsync("currency=EUR&at=2021-01-01T00:00:00Z"));
        Assert.Equal(3, await PriceAsync("currency=EUR&at=2090-01-01T00:00:00Z"));
        // Before the first price book, the first one to come into force.
        Assert.Equal(1, await PriceAsync("currency=EUR&at=2019-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task ABookOfTheSameInstant_ReplacesTheOneBefore_AndTheSameBookIsKeptOnce()
    {
        await PutAsync("USD", "2020-01-01T00:00:00Z", 1);
        await PutAsync("USD", "2020-01-01T00:00:00Z", 5);
        await PutAsync("USD", "2020-01-01T00:00:00Z", 5);

        Assert.Equal(5, await PriceAsync("currency=USD"));
        Assert.Equal(2L, await host.QueryAsync<long>("select count(*) from price_book where currency = 'USD'"));
    }

    [Theory]
    [InlineData("""{}""", "effectiveFrom: required", "currency: required", "prices: required")]
    [InlineData(
        """{"effectiveFrom": "1960-01-01T00:00:00Z", "currency": "JPY", "prices": []}""",
        "effectiveFrom: range", "prices: empty")]
    [InlineData(
        """{"effectiveFrom": "2026-01-01T00:00:00Z", "currency": "JPY", "prices": [{}]}""",
        "prices[0].metric: required",
        "prices[0].per: required",
        "prices[0]: required")]
    [InlineData(
        """
        {"effectiveFrom": "2026-01-01T00:00:00Z", "currency": "JPY", "prices": [
          {"model": "m", "metric": "bananas", "per": 1, "amount": 0.0000001},
          {"model": "m", "metric": "requests", "per": 1.5, "amount": -1}]}
        """,
        "prices[0].metric: metric-unknown",
        "prices[0].amount: too-many-decimals",
        "prices[1].per: too-many-decimals",
        "prices[1].amount: negative")]
    [InlineData(
        """
        {"effectiveFrom": "2026-01-01T00:00:00Z", "currency": "JPY", "prices": [
          {"model": "two words", "metric": "requests", "per": 1, "amount": 1},
          {"model": "m", "metric": "amount", "per": 0, "amount": 1},
          {"model": "m", "metric": "requests", "per": 1, "amount": 1},
          {"model": "m", "metric": "requests", "per": 1, "amount": 1}]}
        """,
        "prices[0].model: model-form",
        "prices[1].metric: metric-derived",
        "prices[1].per: per-range",
        "prices[3]: duplicate")]
    public async Task EveryRule_IsNamedWithItsField(string body, params string[] broken) =>
        (await _api.PutAsync("/api/v1/price-book", body)).BreaksRules(broken);

    [Fact]
    public async Task ABookOfManyPrices_IsTakenWhole()
    {
        const int Count = 500;
        var prices = Enumerable.Range(1, Count).Select(static number => "{" + $"""
            "model": "model-{number:d4}", "metric": "requests",
            "per": 100000{number}, "amount": {number}.123456, "credits": {number}.654321
            """ + "}");

        await _api.PriceAsync("GBP", $"[{string.Join(',', prices)}]");

        var kept = (await _api.GetAsync("/api/v1/price-book?currency=GBP"))["prices"].EnumerateArray().ToList();
        Assert.Equal(
            Enumerable.Range(1, Count).Select(static number => ($"100000{number}", $"{number}.123456")),
            kept.Select(static price =>
                (price.GetProperty("per").GetRawText(), price.GetProperty("amount").GetRawText())));
    }

    [Fact]
    public async Task Books_AreListed_TheLatestFirst_WithWhatTheyAreNow()
    {
        await PutAsync("SEK", "2020-01-01T00:00:00Z", 1);
        await PutAsync("SEK", "2021-01-01T00:00:00Z", 2);
        await PutAsync("SEK", "2021-01-01T00:00:00Z", 3);
        await PutAsync("SEK", "2090-01-01T00:00:00Z", 4);

        var items = (await _api.GetAsync("/api/v1/price-books?currency=SEK")).Items();

        // The book of 2021 that another one replaced is not among them.
        Assert.Equal(
            ["2090-01-01T00:00:00Z future 1", "2021-01-01T00:00:00Z current 1", "2020-01-01T00:00:00Z past 1"],
            items.Select(static b =>
                $"{b.GetProperty("effectiveFrom")} {b.GetProperty("state")} {b.GetProperty("prices")}"));
        Assert.All(items, static b => Assert.Equal("SEK", b.GetProperty("currency").GetString()));
        var page = await _api.GetAsync("/api/v1/price-books?currency=SEK&limit=1");
        var rest = await _api.GetAsync($"/api/v1/price-books?currency=SEK&after={page.String("next")}");
        Assert.Equal(
            items.Select(static b => b.GetProperty("id").GetString()), [.. page.Texts("id"), .. rest.Texts("id")]);
        Assert.True((await _api.GetAsync("/api/v1/price-books")).Items().Count >= 3);
        (await _api.GetAsync("/api/v1/price-books?currency=crowns&limit=1")).BreaksRules("currency: currency-unknown");
    }

    [Fact]
    public async Task AFutureBook_IsWithdrawn_AndNothingIsEverRatedByIt()
    {
        await PutAsync("DKK", "2026-01-01T00:00:00Z", 1);
        var soon = host.Time.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        await PutAsync("DKK", soon, 7);
        await PutAsync("DKK", soon, 8);
        var customer = await Customer.CreateAsync(host, "DKK");
        Assert.Equal(1, (await customer.UseAsync(1)).Is(HttpStatusCode.OK)["amount"].GetInt32());
        var ids = (await _api.GetAsync("/api/v1/price-books?currency=DKK")).Texts("id");

        (await _api.DeleteAsync($"/api/v1/price-books/{ids[0]}")).Is(HttpStatusCode.NoContent);
        // A caller who learned that a node has not confirmed sends the request again.
        (await _api.DeleteAsync($"/api/v1/price-books/{ids[0]}")).Is(HttpStatusCode.NoContent);
        host.Time.Turn(TimeSpan.FromHours(2));

        // Neither by it, nor by the one that it had replaced.
        Assert.Equal(1, (await customer.UseAsync(1)).Is(HttpStatusCode.OK)["amount"].GetInt32());
        Assert.Equal(1, await PriceAsync("currency=DKK"));
        Assert.Equal([ids[1]], (await _api.GetAsync("/api/v1/price-books?currency=DKK")).Texts("id"));
        (await _api.DeleteAsync($"/api/v1/price-books/{ids[1]}")).ConflictsWith(ids[1]);
        (await _api.DeleteAsync("/api/v1/price-books/r0000000zzzz")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(1L, await host.QueryAsync<long>(
            "select count(*) from audit_log where action = 'prices.withdrawn' and target = 'DKK'"));
        // The instant is free for another book.
        await PutAsync("DKK", soon, 9);
        Assert.Equal(9, await PriceAsync("currency=DKK"));
    }

    [Fact]
    public async Task WithoutABook_ThereIsNothingToShow()
    {
        (await _api.GetAsync("/api/v1/price-book?currency=CHF")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.GetAsync("/api/v1/price-book?currency=nope&at=yesterday"))
            .BreaksRules("currency: currency-unknown", "at: time-form");
    }

    private async Task PutAsync(string currency, string effectiveFrom, int amount) =>
        (await _api.PutAsync("/api/v1/price-book", new
        {
            effectiveFrom,
            currency,
            prices = new[] { new { model = "*", metric = "requests", per = 1, amount } },
        })).Is(HttpStatusCode.OK);

    private async Task<int> PriceAsync(string query) =>
        (await _api.GetAsync($"/api/v1/price-book?{query}"))["prices"][0].GetProperty("amount").GetInt32();
}
