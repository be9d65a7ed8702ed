using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Events;

[Collection<SettingsNode>]
public sealed class EventTests(NodeHost host)
{
    [Fact]
    public async Task EachEvent_IsThereOnce_NewestFirst_AsItWasSent()
    {
        var customer = await Customer.CreateAsync(host);
        await UseAsync(customer, """{"id": "first", "metrics": {"text_tokens": 418}, "model": "m", "member": "ada"}""");
        var own = (await UseAsync(customer, """{"metrics": {"text_tokens": 2}, "mode": "record"}""")).String("id");

        var items = await ItemsAsync(customer);

        Assert.Equal(2, items.Count);
        Assert.Equal(own, items[0].GetProperty("eventId").GetString());
        Assert.Equal("record", items[0].GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("model").ValueKind);
        var first = items[1];
        Assert.Equal("first", first.GetProperty("eventId").GetString());
        Assert.Equal("consume", first.GetProperty("kind").GetString());
        Assert.Equal(customer.KeyId, first.GetProperty("keyId").GetString());
        Assert.Equal(customer.KeyName, first.GetProperty("keyName").GetString());
        Assert.Equal(customer.ProjectId, first.GetProperty("projectId").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("seatId").ValueKind);
        Assert.Equal(("m", "ada"), (first.GetProperty("model").GetString(), first.GetProperty("member").GetString()));
        Assert.Equal("""{"requests":1,"text_tokens":418}""", first.GetProperty("metrics").GetRawText());
        // What it costs depends on the prices that other tests have set.
        Assert.Equal(JsonValueKind.Number, first.GetProperty("amount").ValueKind);
        Assert.Equal(JsonValueKind.Number, first.GetProperty("credits").ValueKind);
        Assert.Equal(first.GetProperty("at").GetString(), first.GetProperty("admittedAt").GetString());
    }

    [Fact]
    public async Task AReservation_AndItsEnd_AreEventsOfTheirKinds()
    {
        var customer = await Customer.CreateAsync(host);
        (await customer.Key.PostAsync("/v1/reservations", new { id = "r", metrics = new { text_tokens = 50 } }))
            .Is(HttpStatusCode.Created);
        (await customer.Key.PostAsync("/v1/reservations/r/commit", new { metrics = new { text_tokens = 40 } }))
            .Is(HttpStatusCode.OK);

        Assert.Equal(["commit", "reserve"], await TextsAsync(customer, "", "kind"));
        Assert.Equal(["reserve"], await TextsAsync(customer, "kind=reserve", "kind"));
    }

    [Fact]
    public async Task PagesOfEverySize_HaveEachEventOnce_InOneOrder()
    {
        var customer = await Customer.CreateAsync(host);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => customer.UseAsync(1, $"e{i}")));
        var all = await TextsAsync(customer, "limit=500", "id");
        Assert.Equal(40, all.Distinct().Count());

        foreach (var size in (int[])[1, 7, 39, 40])
        {
            var seen = new List<string>();
            for (string? next = ""; next is not null;)
            {
                var page = (await customer.Operator.GetAsync(
                    $"{customer.TenantPath}/events?limit={size}&after={next}")).Is(HttpStatusCode.OK);
                seen.AddRange(page["items"].EnumerateArray().Select(static e => e.GetProperty("id").GetString()!));
                next = page["next"].GetString();
            }

            Assert.Equal(all, seen);
        }
    }

    [Fact]
    public async Task Filters_KeepWhatTheyName()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherProjectAsync();
        await UseAsync(customer, """{"id": "a", "metrics": {"text_tokens": 1}, "model": "m"}""");
        await UseAsync(other, """{"id": "b", "metrics": {"audio_transcribed_seconds": 2.5}, "member": "ada"}""");

        foreach (var (filter, expected) in (IEnumerable<(string Filter, string[] Expected)>)[
            ("", ["b", "a"]), ($"key={customer.KeyId}", ["a"]), ($"project={other.ProjectId}", ["b"]),
            ("model=m", ["a"]), ("member=ada", ["b"]), ("metric=text_tokens", ["a"]), ("kind=consume", ["b", "a"]),
            ("kind=release", []), ("from=2026-01-01", ["b", "a"]), ("from=2020-01-01&to=2020-01-02", [])])
        {
            Assert.Equal(expected, await TextsAsync(customer, filter, "eventId"));
        }
    }

    [Fact]
    public async Task AsCsv_ItIsATable_WithAColumnForEachMetric_AndALinkToTheNextPage()
    {
        var customer = await Customer.CreateAsync(host);
        await UseAsync(customer, """{"id": "=a", "metrics": {"text_tokens": 1}}""");
        await UseAsync(customer, """{"id": "b", "metrics": {"audio_transcribed_seconds": 2.5}}""");

        var answer = (await customer.Operator.GetAsync($"{customer.TenantPath}/events?limit=1", "text/csv"))
            .Is(HttpStatusCode.OK);
        var lines = answer.Text.Split("\r\n");

        Assert.Equal(
            "id,eventId,kind,at,admittedAt,keyId,keyName,projectId,seatId,member,model,"
            + "audio_transcribed_seconds,requests,amount,credits,unpriced",
            lines[0]);
        Assert.Contains(",b,consume,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",2.5,1,", lines[1], StringComparison.Ordinal);
        var link = answer.Message.Headers.GetValues("Link").Single();
        Assert.Matches("^<.*/events\\?limit=1&after=[0-9-]+>; rel=\"next\"$", link);
    }

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("after=1-2-3-", "after")]
    [InlineData("kind=spend", "kind")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("metric=none", "metric")]
    [InlineData("key=p1", "key")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-01&to=2026-01-01", "to")]
    public async Task WhatCantBeRead_IsNamed(string query, string field)
    {
        var customer = await Customer.CreateAsync(host);

        var refusal = (await customer.Operator.GetAsync($"{customer.TenantPath}/events?{query}"))
            .Is(HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"\"{field}\"", refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherTenant_SeesNothing_AndAPlainMemberMayNot()
    {
        var owner = await Person.OwnerAsync(host);
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync(1);

        (await owner.Api.GetAsync($"{customer.TenantPath}/events")).Is(HttpStatusCode.NotFound);
        Assert.Empty((await owner.Api.GetAsync($"{owner.TenantPath}/events")).Is(HttpStatusCode.OK)["items"]
            .EnumerateArray());
        var made = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/members",
            new { userName = "plain", email = "plain@example.com", role = "member" })).Is(HttpStatusCode.Created);
        var member = await Person.BeginAsync(host, owner.TenantId, "plain", made.String("oneTimePassword"));
        (await member.Api.GetAsync($"{owner.TenantPath}/events")).Is(HttpStatusCode.Forbidden);
    }

    private static async Task<Answer> UseAsync(Customer customer, string body) =>
        (await customer.Key.PostAsync("/v1/usage", JsonDocument.Parse(body).RootElement)).Is(HttpStatusCode.OK);

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(Customer customer, string query = "") =>
        [.. (await customer.Operator.GetAsync($"{customer.TenantPath}/events?{query}")).Is(HttpStatusCode.OK)["items"]
            .EnumerateArray()];

    private static async Task<IReadOnlyList<string>> TextsAsync(Customer customer, string query, string field) =>
        [.. (await ItemsAsync(customer, query)).Select(item => item.GetProperty(field).GetString()!)];
}
