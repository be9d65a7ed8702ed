using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>An <c>Idempotency-Key</c> names the items of a batch that have no id.</summary>
[Collection<DataPlaneNode>]
public sealed class BatchKeyTests(NodeHost host)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABatchSentTwice_WithOneKey_IsCountedOnce(bool lines)
    {
        var customer = await Customer.CreateAsync(host);
        string[] items =
        [
            $$"""{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 5} }""",
            $$"""{"keyId": "{{customer.KeyId}}", "id": "own", "metrics": {"text_tokens": 5} }""",
            $$"""{"keyId": "{{customer.KeyId}}", "id": null, "metrics": {"text_tokens": 5} }""",
        ];
        var body = lines ? string.Join("\n\n", items) : $"[{string.Join(",", items)}]";
        var type = lines ? "application/x-ndjson" : "application/json";

        var first = await SendAsync("/v1/usage/batch", body, type, "try");
        var second = await SendAsync("/v1/usage/batch", body, type, "try");

        Assert.Equal(["try-0 False", "own False", "try-2 False"], ResultsOf(first));
        Assert.Equal(["try-0 True", "own True", "try-2 True"], ResultsOf(second));
        await customer.SeesInLedgerAsync(15);
    }

    [Fact]
    public async Task EventsWithoutIds_AreNamedToo_AndCountedOnce()
    {
        var customer = await Customer.CreateAsync(host);
        var item = $$"""
            {"specversion": "1.0", "source": "s", "type": "t", "subject": "{{customer.KeyId}}",
             "data": {"metrics": {"text_tokens": 4} } }
            """;
        const string Batch = "application/cloudevents-batch+json";

        for (var i = 0; i < 2; i++)
        {
            (await SendAsync("/v1/events", $"[{item}, {item}]", Batch, "try")).Is(HttpStatusCode.NoContent);
            (await SendAsync("/v1/events", item, "application/cloudevents+json", "one")).Is(HttpStatusCode.NoContent);
        }

        await customer.SeesInLedgerAsync(12);
        (await SendAsync("/v1/events", $"[{item}]", Batch, null))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
    }

    [Theory]
    [InlineData(122, HttpStatusCode.OK)]
    [InlineData(124, HttpStatusCode.UnprocessableEntity)]
    public async Task AKey_LeavesRoomForTheIndex(int length, HttpStatusCode status)
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await SendAsync(
            "/v1/usage/batch",
            $$"""[{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 1} }]""",
            "application/json",
            new string('k', length));

        answer.Is(status);
        if (status != HttpStatusCode.OK)
            Assert.True(answer["errors"].TryGetProperty("Idempotency-Key", out _));
    }

    private static IEnumerable<string> ResultsOf(Answer answer) =>
        answer.Is(HttpStatusCode.OK)["results"].EnumerateArray().Select(static result =>
            $"{result.GetProperty("id").GetString()} {result.GetProperty("duplicate").GetBoolean()}");

    private Task<Answer> SendAsync(string path, string body, string type, string? key)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return host.Gateway().PostAsync(path, content, key);
    }
}
