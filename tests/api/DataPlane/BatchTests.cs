using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class BatchTests(NodeHost host)
{
    private readonly ApiCaller _gateway = host.Gateway();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_ComeInTheOrderOfTheItems_WhateverTheirOutcome(bool lines)
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherKeyAsync();
        await customer.LimitKeyAsync("text_tokens", 10);
        string[] items =
        [
            $$"""{"key": "{{customer.Secret}}", "id": "a", "metrics": {"text_tokens": 7} }""",
            $$"""{"keyId": "{{other.KeyId}}", "id": "b", "metrics": {"text_tokens": 100} }""",
            $$"""{"keyId": "{{customer.KeyId}}", "id": "c", "metrics": {"text_tokens": 4} }""",
            $$"""{"key": "{{customer.Secret}}", "id": "a", "metrics": {"text_tokens": 7} }""",
            $$"""{"keyId": "{{customer.KeyId}}", "id": "d", "metrics": {"text_tokens": 5}, "mode": "record"}""",
            $$"""{"keyId": "{{customer.KeyId}}", "id": "a", "metrics": {"text_tokens": 8} }""",
            $$"""{"keyId": "{{other.KeyId}}", "id": "e", "metrics": {"text_tokens": -1} }""",
            """{"keyId": "k00000000001", "id": "f", "metrics": {"text_tokens": 1} }""",
            """{"key": "sk_project_nonsense", "metrics": {"text_tokens": 1} }""",
        ];

        var answer = await SendAsync(
            lines ? string.Join("\r\n", items) + "\n\n" : $"[{string.Join(",", items)}]", lines);

        var results = answer.Is(HttpStatusCode.OK)["results"].EnumerateArray().ToList();
        Assert.Equal(
            [
                "a True False", "b True False", "c False False 429 limit-reached", "a True True", "d True False",
                "a False False 409 id-conflict", "e False False 422 rule-broken", "f False False 401 unauthorized",
                " False False 401 unauthorized",
            ],
            results.Select(Describe));
        Assert.Equal("blocked", results[4].GetProperty("state").GetString());
        Assert.Equal(
            customer.KeyId,
            results[2].GetProperty("problem").GetProperty("limit").GetProperty("scopeId").GetString());
        Assert.Equal(
            "Must not be negative.",
            results[6].GetProperty("problem").GetProperty("errors").GetProperty("metrics.text_tokens")[0].GetString());
        await customer.SeesUsedAsync(12, customer.KeyId);
        await customer.SeesInLedgerAsync(112);
    }

    [Fact]
    public async Task AnItemsFields_AreThoseOfASingleCall()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await SendAsync(
            $$"""
            [{"keyId": "{{customer.KeyId}}", "id": "x", "model": "m", "metrics": {"text_tokens": 3},
              "at": "2026-11-10T00:00:00Z", "mode": "record", "ack": "memory", "member": "ada"}]
            """,
            lines: false);

        answer.IsJson("""{"results": [{"id": "x", "allowed": true, "duplicate": false, "state": "ok"}]}""");
        await customer.SeesInLedgerAsync(3);
        (await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?metric=text_tokens&groupBy=day,model,member")).IsJson("""
            {"items": [{"day": "2026-11-10", "model": "m", "member": "ada", "memberName": "ada",
                        "metric": "text_tokens", "value": 3}]}
            """);
    }

    [Fact]
    public async Task ABatch_TakesTenThousandItems_AndNotOneMore()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 9_990);
        var item = $$"""{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }""";

        var most = await SendAsync(string.Join('\n', Enumerable.Repeat(item, 10_000)), lines: true);
        var tooManyLines = await SendAsync(string.Join('\n', Enumerable.Repeat(item, 10_050)), lines: true);
        var tooMany = await SendAsync($"[{string.Join(',', Enumerable.Repeat(item, 10_001))}]", lines: false);

        var results = most.Is(HttpStatusCode.OK)["results"].EnumerateArray().ToList();
        Assert.Equal(10_000, results.Count);
        Assert.All(results.Take(9_990), static result => Assert.True(result.GetProperty("allowed").GetBoolean()));
        Assert.All(results.Skip(9_990), static result => Assert.False(result.GetProperty("allowed").GetBoolean()));
        foreach (var refused in new[] { tooManyLines, tooMany })
        {
            refused.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
            Assert.Equal("A batch may have at most 10000 items.", refused.String("detail"));
        }

        await customer.SeesInLedgerAsync(9_990);
    }

    [Fact]
    public async Task AnAnswer_IsThatOfItsOwnRequest_HoweverManyAreWrittenAtOnce()
    {
        var customer = await Customer.CreateAsync(host);
        var filler = new string('x', 100);
        using var stop = new CancellationTokenSource();
        var singles = Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var id = $"single-{client}-{i}";
                var answer = await customer.Key.PostAsync(
                    "/v1/usage", $$"""{"id": "{{id}}", "metrics": {"text_tokens": 1} }""");
                Assert.Equal(id, answer.Is(HttpStatusCode.OK).String("id"));
            }
        })).ToArray();

        // Larger than what is read at once, so that they pass through the bulk lane.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async client =>
        {
            for (var batch = 0; batch < 10; batch++)
            {
                var ids = Enumerable.Range(0, 1_000).Select(i => $"{client}-{batch}-{i}-{filler}").ToArray();
                var answer = await SendAsync(
                    string.Join('\n', ids.Select(id =>
                        $$"""{"keyId": "{{customer.KeyId}}", "id": "{{id}}", "metrics": {"text_tokens": 1} }""")),
                    lines: true);
                var results = answer.Is(HttpStatusCode.OK)["results"].EnumerateArray();
                Assert.Equal(ids, results.Select(static result => result.GetProperty("id").GetString()));
            }
        }));

        await stop.CancelAsync();
        await Task.WhenAll(singles);
    }

    [Theory]
    [InlineData("{\"keyId\": ", "line 2")]
    [InlineData("7", "line 2")]
    [InlineData("[]", "line 2")]
    [InlineData("KEY} {}", "line 2")]
    [InlineData("KEY, \"metrics\": {\"text_tokens\": \"1\"}}", "line 2.metrics.text_tokens")]
    [InlineData("KEY, \"metrics\": {}, \"colour\": 1}", "line 2.colour")]
    [InlineData("KEY, \"metrics\": {\"text_tokens\": 1, \"text_tokens\": 1} }", "line 2.metrics.text_tokens")]
    [InlineData("KEY, \"metrics\": {\"x\\ud800\": 1} }", "line 2")]
    public async Task ALineThatCanNotBeRead_RefusesTheWholeBatch_AndIsNamed(string second, string field)
    {
        var customer = await Customer.CreateAsync(host);
        var good = $$"""{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }""";
        second = second.Replace("KEY", $$"""{"keyId": "{{customer.KeyId}}" """, StringComparison.Ordinal);

        var answer = await SendAsync($"{good}\n{second}\n{good}", lines: true);

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains(field, answer["errors"].EnumerateObject().Select(static error => error.Name));
        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("[GOOD, {\"keyId\": 5, \"metrics\": {}}]", "[1].keyId")]
    [InlineData("[GOOD, 7]", "[1]")]
    [InlineData("[GOOD, null]", "[1]")]
    [InlineData("[GOOD,\n GOOD,]", "body")]
    [InlineData("[GOOD", "body")]
    [InlineData("[GOOD] GOOD", "body")]
    [InlineData("GOOD", "body")]
    [InlineData("{}", "body")]
    [InlineData("", "body")]
    [InlineData("[GOOD, {\"key\": [[[[[[[[[[]]]]]]]]]]}]", "body")]
    public async Task AnArrayThatCanNotBeRead_CountsNothing(string body, string field)
    {
        var customer = await Customer.CreateAsync(host);
        var good = $$"""{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }""";

        var answer = await SendAsync(body.Replace("GOOD", good, StringComparison.Ordinal), lines: false);

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains(field, answer["errors"].EnumerateObject().Select(static error => error.Name));
        await customer.HasCountedNothingAsync();
    }

    [Fact]
    public async Task AnItem_NamesItsKeyOneWay()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await SendAsync(
            $$"""
            [{"metrics": {"text_tokens": 1} },
             {"key": "{{customer.Secret}}", "keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }]
            """,
            lines: false);

        Assert.All(answer.Is(HttpStatusCode.OK)["results"].EnumerateArray(), static result => Assert.Equal(
            "Either key or keyId is required, not both.",
            result.GetProperty("problem").GetProperty("errors").GetProperty("key")[0].GetString()));
    }

    [Fact]
    public async Task AKeyInJsonEscapes_IsTheSameKey()
    {
        var customer = await Customer.CreateAsync(host);
        var escaped = $"\\u0073{customer.Secret[1..]}";

        var answer = await SendAsync(
            $$$"""[{"id": "x", "key": "{{{escaped}}}", "metrics": {"text_tokens": 1} }]""", lines: false);

        Assert.Equal("x True False", Describe(answer.Is(HttpStatusCode.OK)["results"][0]));
    }

    [Fact]
    public async Task AnEmptyBatch_HasNoResults()
    {
        Assert.Equal("""{"results":[]}""", (await SendAsync("[]", lines: false)).Is(HttpStatusCode.OK).Text);
        Assert.Equal("""{"results":[]}""", (await SendAsync("\n \n", lines: true)).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task OnlyTheGatewayToken_IsTaken()
    {
        var customer = await Customer.CreateAsync(host);
        var body = $$"""[{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }]""";

        foreach (var caller in new[] { host.Anonymous(), customer.Key, host.Operator(), host.Bearing("wrong") })
        {
            var answer = await caller.PostAsync("/v1/usage/batch", body);
            answer.IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.Single().Scheme);
        }

        await customer.HasCountedNothingAsync();
    }

    private Task<Answer> SendAsync(string body, bool lines) => _gateway.PostAsync(
        "/v1/usage/batch",
        new StringContent(body, Encoding.UTF8, lines ? "application/x-ndjson" : "application/json"));

    private static string Describe(JsonElement result)
    {
        var text = $"{result.GetProperty("id")} {result.GetProperty("allowed")} {result.GetProperty("duplicate")}";
        return result.TryGetProperty("problem", out var problem)
            ? $"{text} {problem.GetProperty("status")} {problem.GetProperty("type").GetString()!.Split('/')[^1]}"
            : text;
    }
}
