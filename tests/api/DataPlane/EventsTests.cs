using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Engine.Events;
using Sluice.Engine.Hosting;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;
using Sluice.TestSupport.Ledger;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class EventsTests(NodeHost host)
{
    [Fact]
    public async Task AnEvent_IsRecorded_WithItsModelMemberAndTime()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await SendAsync(customer.Key, """
            {"specversion": "1.0", "id": "1", "source": "api-gateway", "type": "request",
             "time": "2026-11-12T00:00:00Z", "subject": "customer-7",
             "datacontenttype": "application/json", "traceparent": "00-x-y-01",
             "data": {"model": "m", "member": "ada", "metrics": {"text_tokens": 5}}}
            """);

        answer.Is(HttpStatusCode.NoContent);
        Assert.Empty(answer.Text);
        await customer.SeesInLedgerAsync(5);
        (await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?metric=text_tokens&groupBy=day,key,model,member")).IsJson(
            $$"""
            {"items": [{"day": "2026-11-12", "key": "{{customer.KeyId}}", "model": "m", "member": "ada",
                        "keyName": "{{customer.KeyName}}", "memberName": "ada", "metric": "text_tokens", "value": 5}]}
            """);
    }

    [Fact]
    public async Task ABatch_IsRecordedPastEveryLimit_AndTheNextRequestIsRefused()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 5);

        (await SendAsync(customer.Key, $"[{EventOf("1", 4)}, {EventOf("2", 4)}, {EventOf("3", 4)}]", batch: true))
            .Is(HttpStatusCode.NoContent);

        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(12);
    }

    [Fact]
    public async Task SourceAndIdTogether_TellARepeat()
    {
        var customer = await Customer.CreateAsync(host);

        (await SendAsync(customer.Key, EventOf("1", 4))).Is(HttpStatusCode.NoContent);
        (await SendAsync(customer.Key, EventOf("1", 4))).Is(HttpStatusCode.NoContent);
        (await SendAsync(
            customer.Key, $"[{EventOf("1", 4)}, {EventOf("2", 1)}, {EventOf("2", 1)}]", batch: true))
            .Is(HttpStatusCode.NoContent);
        (await SendAsync(customer.Key, EventOf("1", 4, source: "elsewhere"))).Is(HttpStatusCode.NoContent);
        // A plain event with that id is another event.
        Assert.False((await customer.UseAsync(10, "1"))["duplicate"].GetBoolean());

        await customer.SeesInLedgerAsync(19);
    }

    [Fact]
    public async Task ARepeatThatSaysSomethingElse_IsAConflict_AndTheRestIsRecorded()
    {
        var customer = await Customer.CreateAsync(host);
        await SendAsync(customer.Key, EventOf("1", 4));

        var answer = await SendAsync(customer.Key, $"[{EventOf("1", 5)}, {EventOf("2", 1)}]", batch: true);

        answer.IsProblem(HttpStatusCode.Conflict, "id-conflict");
        Assert.Contains("Of 2 events 1 are recorded", answer.String("detail"));
        await customer.SeesInLedgerAsync(5);
    }

    [Theory]
    [InlineData("/v1/events")]
    [InlineData("/api/v1/events")]
    public async Task TheSameEventWithANewTime_IsARepeat(string path)
    {
        var customer = await Customer.CreateAsync(host);

        foreach (var time in (string[])["2026-11-19T00:00:00Z", "2026-11-19T00:00:07Z"])
        {
            var timed = EventOf("1", 4).Replace(
                "\"request\"", $"\"request\", \"time\": \"{time}\"", StringComparison.Ordinal);
            (await SendAsync(customer.Key, timed, path: path)).Is(HttpStatusCode.NoContent);
            (await SendAsync(customer.Key, $"[{timed}]", batch: true, path)).Is(HttpStatusCode.NoContent);
        }

        var conflict = (await SendAsync(customer.Key, EventOf("1", 5), path: path))
            .IsProblem(HttpStatusCode.Conflict, "id-conflict");
        Assert.DoesNotContain("Of 1 events", conflict.String("detail"));
        await customer.SeesInLedgerAsync(4);
    }

    [Fact]
    public async Task AnEventThatAnEarlierVersionStored_WithItsTime_IsStillKnown()
    {
        var customer = await Customer.CreateAsync(host);
        var timed = EventOf("1", 4).Replace(
            "\"request\"", "\"request\", \"time\": \"2026-11-19T00:00:00Z\"", StringComparison.Ordinal);
        (await SendAsync(customer.Key, timed)).Is(HttpStatusCode.NoContent);
        // The digest of what stands above, with its time as a part of it.
        var usage = host.Services.GetRequiredService<MeteringNode>().Meter.Make(
            (await host.Services.GetRequiredService<MeteringNode>().Keys.FindAsync(Scene.IdOf(customer.KeyId)))!,
            Content(DateTimeOffset.Parse("2026-11-19T00:00:00Z", CultureInfo.InvariantCulture)),
            EntryKind.Record)!;
        await LedgerRows.RewriteAsync(
            PostgresCluster.AsOwner(host.ConnectionString),
            entry => entry.Fingerprint =
                entry.KeyId == Scene.IdOf(customer.KeyId) ? usage.Entry.Fingerprint : entry.Fingerprint,
            TestContext.Current.CancellationToken);

        (await SendAsync(customer.Key, timed)).Is(HttpStatusCode.NoContent);
        await customer.SeesInLedgerAsync(4);

        static UsageContent Content(DateTimeOffset at)
        {
            var content = new UsageContent { Id = "1", Record = true, AtMs = at.ToUnixTimeMilliseconds() };
            content.Quantities.Add(new Quantity(MetricId.TextTokens, 4));
            return content;
        }
    }

    [Fact]
    public async Task AGateway_NamesTheKeyByTheSubject()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherKeyAsync();
        var gateway = host.Gateway();

        (await SendAsync(
            gateway,
            $"[{EventOf("1", 1, customer.KeyId)}, {EventOf("1", 2, other.KeyId)}]",
            batch: true)).Is(HttpStatusCode.NoContent);
        var unknown = await SendAsync(
            gateway, $"[{EventOf("2", 1, customer.KeyId)}, {EventOf("3", 1, "k00000000001")}]", batch: true);
        var none = await SendAsync(gateway, EventOf("4", 1));

        unknown.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.True(unknown["errors"].TryGetProperty("[1].subject", out _));
        Assert.True(none.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken")["errors"]
            .TryGetProperty("subject", out _));
        await customer.SeesUsedAsync(1, customer.KeyId);
        await customer.SeesUsedAsync(2, other.KeyId);
        await customer.SeesInLedgerAsync(3);
    }

    [Theory]
    [InlineData("specversion", HttpStatusCode.UnprocessableEntity)]
    [InlineData("id", HttpStatusCode.UnprocessableEntity)]
    [InlineData("source", HttpStatusCode.UnprocessableEntity)]
    [InlineData("type", HttpStatusCode.UnprocessableEntity)]
    [InlineData("data", HttpStatusCode.UnprocessableEntity)]
    public async Task AMissingAttribute_IsNamed(string name, HttpStatusCode status)
    {
        var customer = await Customer.CreateAsync(host);
        var broken = EventOf("1", 4).Replace($"\"{name}\":", $"\"x{name}\":", StringComparison.Ordinal);

        var single = await SendAsync(customer.Key, broken);
        var batch = await SendAsync(customer.Key, $"[{EventOf("2", 4)}, {broken}]", batch: true);

        Assert.Equal("Is required.", single.Is(status)["errors"].GetProperty(name)[0].GetString());
        Assert.Equal("Is required.", batch.Is(status)["errors"].GetProperty($"[1].{name}")[0].GetString());
        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("\"1.0\"", "\"0.3\"", "specversion", 422)]
    [InlineData("\"request\"", "7", "type", 400)]
    [InlineData("\"request\"", "\"\"", "type", 422)]
    [InlineData("\"request\"", "\"request\", \"time\": \"yesterday\"", "time", 400)]
    [InlineData("\"request\"", "\"request\", \"time\": \"2026-11-20T00:00:00\"", "time", 400)]
    [InlineData("\"request\"", "\"request\", \"time\": \"2020-01-01T00:00:00Z\"", "time", 422)]
    [InlineData("\"request\"", "\"request\", \"subject\": 5", "subject", 400)]
    [InlineData("\"request\"", "\"request\", \"id\": \"twice\"", "body", 400)]
    [InlineData("{\"metrics\": {\"text_tokens\": 4} }", "[]", "data", 400)]
    [InlineData("{\"text_tokens\": 4}", "{\"bananas\": 4}", "data.metrics.bananas", 422)]
    [InlineData("{\"text_tokens\": 4}", "{}", "data.metrics", 422)]
    [InlineData("{\"text_tokens\": 4}", "{\"text_tokens\": -4}", "data.metrics.text_tokens", 422)]
    [InlineData("{\"text_tokens\": 4}", "{\"text_tokens\": 4}, \"at\": \"2026-11-20T00:00:00Z\"", "data.at", 400)]
    [InlineData("api-gateway", "\\ud800", "body", 400)]
    public async Task AnAttributeThatIsWrong_IsNamed(string from, string to, string field, int status)
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await SendAsync(customer.Key, EventOf("1", 4).Replace(from, to, StringComparison.Ordinal));

        answer.Is((HttpStatusCode)status);
        Assert.Contains(field, answer["errors"].EnumerateObject().Select(static error => error.Name));
        await customer.HasCountedNothingAsync();
    }

    [Fact]
    public async Task TheTime_IsReadAsOtherTimesAre()
    {
        var customer = await Customer.CreateAsync(host);
        var timed = EventOf("1", 4).Replace(
            "\"request\"", "\"request\", \"time\": \"2026-11-19T00:00:00.123456789z\"", StringComparison.Ordinal);

        (await SendAsync(customer.Key, timed)).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task OtherTypes_AreNotTaken()
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Key.PostAsync("/v1/events", EventOf("1", 4)))
            .IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await SendAsync(host.Anonymous(), EventOf("1", 4))).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await SendAsync(customer.Key, EventOf("1", 4), batch: true))
            .IsProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    private static string EventOf(string id, int tokens, string? subject = null, string source = "api-gateway")
    {
        var metrics = $"{{\"text_tokens\": {tokens}}}";
        return $$"""
            {"specversion": "1.0", "id": "{{id}}", "source": "{{source}}", "type": "request",
             {{(subject is null ? "" : $"\"subject\": \"{subject}\",")}} "data": {"metrics": {{metrics}} } }
            """;
    }

    private static Task<Answer> SendAsync(
        ApiCaller caller, string body, bool batch = false, string path = "/v1/events") => caller.PostAsync(
        path,
        new StringContent(
            body, Encoding.UTF8, batch ? "application/cloudevents-batch+json" : "application/cloudevents+json"));
}
