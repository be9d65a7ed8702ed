using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class UsageTests(NodeHost host)
{
    [Fact]
    public async Task AnAnswer_HasExactlyTheFieldsOfTheContract()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "plamo", "metric": "text_tokens", "per": 1000, "amount": 0.5, "credits": 2},
             {"model": "*", "metric": "requests", "per": 1, "amount": 0.01}]
            """);
        var customer = await Customer.CreateAsync(host, "EUR");
        await customer.SetQuotaAsync(10);

        var answer = await customer.UseAsync("""
            {"id": "evt-1", "model": "plamo", "metrics": {"text_tokens": 418}, "at": "2026-11-19T12:00:00+09:00",
             "mode": "consume", "ack": "durable", "member": "ada"}
            """);

        answer.Is(HttpStatusCode.OK).IsJson(
            $$"""
            {"id": "evt-1", "allowed": true, "duplicate": false, "state": "ok", "amount": 0.219, "credits": 0.836,
             "limits": [
               {"scope": "tenant", "scopeId": "{{customer.TenantId}}", "metric": "amount", "kind": "blocked",
                "source": "quota", "period": "month", "limit": 10, "used": 0.219, "held": 0, "remaining": 9.781,
                "resetsAt": "2026-11-30T15:00:00.000Z"}]}
            """);
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task WithoutAnId_OneIsMade_AndWithoutLimitsTheListIsEmpty()
    {
        var customer = await Customer.CreateAsync(host);

        var first = (await customer.UseAsync("""{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
        var second = (await customer.UseAsync("""{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);

        Assert.StartsWith("evt_", first.String("id"));
        Assert.NotEqual(first.String("id"), second.String("id"));
        Assert.Equal(0, first["limits"].GetArrayLength());
        Assert.False(first.Message.Headers.Contains("RateLimit"));
        await customer.SeesInLedgerAsync(2);
    }

    [Fact]
    public async Task ARequest_CountsItselfOnce_UnlessItSaysHowManyItStandsFor()
    {
        var customer = await Customer.CreateAsync(host);

        await customer.UseAsync("""{"metrics": {"text_tokens": 1}}""");
        await customer.UseAsync("""{"metrics": {"requests": 5}}""");

        await customer.SeesInLedgerAsync(6, "requests");
    }

    [Fact]
    public async Task AModelsOwnPrice_GoesBeforeThatOfAllModels()
    {
        await host.Operator().PriceAsync("USD", """
            [{"model": "large", "metric": "text_tokens", "per": 1, "amount": 3, "credits": 1},
             {"model": "*", "metric": "text_tokens", "per": 1, "amount": 2},
             {"model": "*", "metric": "requests", "per": 1, "amount": 0}]
            """);
        var customer = await Customer.CreateAsync(host, "USD");

        var large = await customer.UseAsync("""{"model": "large", "metrics": {"text_tokens": 5}}""");
        var other = await customer.UseAsync("""{"model": "small", "metrics": {"text_tokens": 5}}""");
        var none = await customer.UseAsync("""{"metrics": {"text_tokens": 5}}""");

        Assert.Equal(["15", "10", "10"], new[] { large, other, none }.Select(static a => a["amount"].GetRawText()));
        Assert.Equal(["5", "0", "0"], new[] { large, other, none }.Select(static a => a["credits"].GetRawText()));
        await customer.SeesInLedgerAsync(35, "amount");
        await customer.SeesInLedgerAsync(5, "credits");
    }

    [Fact]
    public async Task UsageWithoutAPrice_CountsAtZero_AndIsShownToTheOperator()
    {
        await host.Operator().PriceAsync("GBP", """
            [{"model": "known", "metric": "text_tokens", "per": 1, "amount": 1}]
            """);
        var customer = await Customer.CreateAsync(host, "GBP");

        var answer = await customer.UseAsync("""{"model": "brand-new", "metrics": {"text_tokens": 40}}""");
        await customer.UseAsync("""{"model": "known", "metrics": {"text_tokens": 2}}""");

        Assert.Equal("0", answer.Is(HttpStatusCode.OK)["amount"].GetRawText());
        await customer.SeesInLedgerAsync(42);
        var unpriced = (await customer.Operator.GetAsync("/api/v1/unpriced-usage?limit=500"))["items"].EnumerateArray()
            .Where(item => item.GetProperty("tenantId").GetString() == customer.TenantId
                && item.GetProperty("metric").GetString() == "text_tokens");
        var item = Assert.Single(unpriced);
        Assert.Equal("brand-new", item.GetProperty("model").GetString());
        Assert.Equal(40, item.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task TheState_FollowsTheUsage_ThisEventIncluded()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.Operator.PutAsync(
            $"{customer.TenantPath}/usage-thresholds",
            """
            {"metrics": {"text_tokens": {"warning": 5, "blocked": 10}}, "recipients": {"warning": ["a@b.example"]}}
            """);

        var states = new List<string>();
        foreach (var tokens in (int[])[4, 1, 4, 1])
            states.Add((await customer.UseAsync(tokens)).Is(HttpStatusCode.OK).String("state"));

        Assert.Equal(["ok", "warning", "warning", "blocked"], states);
    }

    [Fact]
    public async Task Limits_AreListedTightestFirst_WarningsLeftOut()
    {
        await host.Operator().PriceAsync("CAD", """
            [{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1}]
            """);
        var customer = await Customer.CreateAsync(host, "CAD");
        await customer.SetQuotaAsync(1000);
        await customer.LimitProjectAsync(40);
        await customer.LimitKeyAsync("text_tokens", 100, "day");
        await customer.LimitKeyAsync("requests", 3, "total");
        await customer.Operator.PutAsync(
            $"{customer.TenantPath}/limits/amount", """{"blocked": 20, "warnings": [{"percent": 50}]}""");

        var answer = (await customer.UseAsync(10)).Is(HttpStatusCode.OK);

        Assert.Equal(
            [
                "tenant limit amount/month 20: 10 used, 10 left",
                "key key requests/total 3: 1 used, 2 left",
                "project limit amount/month 40: 10 used, 30 left",
                "key key text_tokens/day 100: 10 used, 90 left",
                "tenant quota amount/month 1000: 10 used, 990 left",
            ],
            answer["limits"].EnumerateArray().Select(Describe));
        var resets = answer["limits"].EnumerateArray().Select(static l => l.GetProperty("resetsAt").GetString());
        Assert.Equal(
            [
                "2026-11-30T15:00:00.000Z", null, "2026-11-30T15:00:00.000Z", "2026-11-20T15:00:00.000Z",
                "2026-11-30T15:00:00.000Z",
            ],
            resets);
        Assert.Equal("warning", answer.String("state"));
    }

    [Fact]
    public async Task TheRateLimitHeaders_TellOfTheTightestLimit()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 1000);
        await customer.LimitKeyAsync("requests", 4, "total");

        var answer = (await customer.UseAsync(900)).Is(HttpStatusCode.OK);
        var unlimitedInTime = await customer.UseAsync("""{"metrics": {"requests": 3}}""");

        Assert.Equal("\"key-text_tokens\";q=1000", Header(answer, "RateLimit-Policy"));
        Assert.Matches("""^"key-text_tokens";r=100;t=90[0-9]{4}$""", Header(answer, "RateLimit"));
        Assert.Equal("\"key-requests\";q=4", Header(unlimitedInTime, "RateLimit-Policy"));
        Assert.Equal("\"key-requests\";r=0", Header(unlimitedInTime, "RateLimit"));
        var check = (await customer.Key.PostAsync("/v1/usage/check", new { metrics = new { text_tokens = 1 } }))
            .Is(HttpStatusCode.OK);
        Assert.Equal(Header(unlimitedInTime, "RateLimit"), Header(check, "RateLimit"));
    }

    [Theory]
    [InlineData("0.5", "0.1", 1, 1)]
    [InlineData("0.5", "0.5", 1, 0)]
    [InlineData("2.5", "0.7", 3, 2)]
    [InlineData("2.5", "1.5", 3, 1)]
    public async Task TheRateLimitHeaders_NeverSayNothing_WhileAPartOfAUnitIsLeft(
        string limit, string used, int quota, int remaining)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("audio_analyzed_seconds", decimal.Parse(limit, CultureInfo.InvariantCulture));

        var answer = (await customer.UseAsync($$"""{"metrics": {"audio_analyzed_seconds": {{used}} } }"""))
            .Is(HttpStatusCode.OK);

        Assert.Equal($"\"key-audio_analyzed_seconds\";q={quota}", Header(answer, "RateLimit-Policy"));
        Assert.StartsWith($"\"key-audio_analyzed_seconds\";r={remaining};", Header(answer, "RateLimit"));
    }

    [Fact]
    public async Task AFieldThatIsNull_IsAFieldThatIsNotThere()
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.UseAsync("""
            {"id": null, "model": null, "metrics": {"text_tokens": 1, "requests": null}, "at": null, "mode": null,
             "ack": null, "member": null}
            """)).Is(HttpStatusCode.OK);
        (await customer.Key.PostAsync("/v1/reservations", """
            {"id": "r", "model": null, "metrics": {"text_tokens": 1}, "member": null, "ttlSeconds": null}
            """)).Is(HttpStatusCode.Created);
        (await customer.Key.PostAsync("/v1/reservations/r/commit", """
            {"metrics": {"text_tokens": 2}, "model": null, "member": null, "keyId": null}
            """)).Is(HttpStatusCode.OK);
        (await host.Gateway().PostAsync("/v1/usage/batch", $$"""
            [{"key": null, "keyId": "{{customer.KeyId}}", "mode": null, "metrics": {"text_tokens": 4} }]
            """)).Is(HttpStatusCode.OK);
        var content = new StringContent(
            """
            {"specversion": "1.0", "id": "1", "source": "s", "type": "t", "subject": null, "time": null,
             "data": {"metrics": {"text_tokens": 8}, "model": null, "member": null} }
            """,
            Encoding.UTF8,
            "application/cloudevents+json");
        (await customer.Key.PostAsync("/v1/events", content)).Is(HttpStatusCode.NoContent);

        await customer.SeesInLedgerAsync(15);
        await customer.SeesInLedgerAsync(4, "requests");
    }

    [Fact]
    public async Task Answers_AreWrittenAsPeopleReadThem()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await customer.UseAsync("""{"id": "c'est <là> + 1 & 2", "metrics": {"text_tokens": 1}}""");
        var refused = await customer.UseAsync("""{"metrics": {"text_tokens": 1}, "at": "it's"}""");

        Assert.Contains("\"c'est <là> + 1 & 2\"", answer.Is(HttpStatusCode.OK).Text);
        Assert.DoesNotContain("\\u", refused.Is(HttpStatusCode.BadRequest).Text);
    }

    [Fact]
    public async Task ARefusal_SaysWhichLimit_HowMuchOfIt_AndWhoCanRaiseIt()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitTokensOfTenantAsync(100);
        (await customer.UseAsync(70)).Is(HttpStatusCode.OK);

        var answer = await customer.UseAsync(31, "evt-31");

        answer.IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal("evt-31", answer.String("id"));
        Assert.False(answer["allowed"].GetBoolean());
        Assert.Equal("operator", answer.String("raisedBy"));
        Assert.Equal(
            Answer.Compact(
                $$"""
                {"scope": "tenant", "scopeId": "{{customer.TenantId}}", "metric": "text_tokens", "kind": "blocked",
                 "source": "threshold", "period": "month", "limit": 100, "used": 70, "held": 0, "remaining": 30,
                 "resetsAt": "2026-11-30T15:00:00.000Z"}
                """),
            answer["limit"].GetRawText());
        Assert.Equal(
            $"The text_tokens limit of tenant {customer.TenantId} is 100: 70 used, 0 held, 31 more asked for. "
            + "It resets at 2026-11-30 15:00:00Z. Nothing was counted.",
            answer.String("detail"));
        Assert.InRange(answer.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 900_000, 907_200);
        Assert.Equal("\"tenant-text_tokens\";q=100", Header(answer, "RateLimit-Policy"));
        Assert.StartsWith("\"tenant-text_tokens\";r=30;t=90", Header(answer, "RateLimit"));

        // None of it was counted: the rest of the limit is still free.
        (await customer.UseAsync(30)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(100);
    }

    [Fact]
    public async Task ARefusalThatWaitingDoesNotHelp_HasNoRetryAfter()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10, "total");

        var answer = await customer.UseAsync(11);

        answer.IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Null(answer.Message.Headers.RetryAfter);
        Assert.Equal(JsonValueKind.Null, answer["limit"].GetProperty("resetsAt").ValueKind);
        Assert.Contains("It does not reset.", answer.String("detail"));
    }

    [Fact]
    public async Task Decimals_AreCountedExactly()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("audio_transcribed_seconds", 0.3m);

        for (var i = 0; i < 3; i++)
        {
            (await customer.UseAsync("""{"metrics": {"audio_transcribed_seconds": 1.00e-1}}"""))
                .Is(HttpStatusCode.OK);
        }

        (await customer.UseAsync("""{"metrics": {"audio_transcribed_seconds": 0.001}}"""))
            .Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(0.3m, "audio_transcribed_seconds");
    }

    private static string Describe(JsonElement limit) =>
        $"{limit.GetProperty("scope")} {limit.GetProperty("source")} {limit.GetProperty("metric")}/"
        + $"{limit.GetProperty("period")} {limit.GetProperty("limit")}: {limit.GetProperty("used")} used, "
        + $"{limit.GetProperty("remaining")} left";

    private static string Header(Answer answer, string name) => answer.Message.Headers.GetValues(name).Single();
}
