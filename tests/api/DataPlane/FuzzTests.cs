using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class FuzzTests(NodeHost host)
{
    private const int Rounds = 1_500;

    /// <summary>Addresses with a valid body each; NEW becomes an unused id.</summary>
    private static readonly (string Path, string Type, string Body)[] Calls =
    [
        ("/v1/usage", "application/json",
            """{"id": "NEW", "model": "m", "metrics": {"text_tokens": 418},"""
                + """ "at": "2026-11-19T00:00:00Z", "ack": "memory"}"""),
        ("/v1/usage", "application/json", """{"metrics": {"text_tokens": 7, "audio_analyzed_seconds": 1.25}}"""),
        ("/v1/usage/check", "application/json", """{"id": "NEW", "metrics": {"text_tokens": 5}, "member": "ada"}"""),
        ("/v1/usage/batch", "application/json",
            """[{"keyId": "KEY", "id": "NEW", "metrics": {"text_tokens": 3}}, """
                + """{"key": "SECRET", "metrics": {"text_tokens": 4}}]"""),
        ("/v1/usage/batch", "application/x-ndjson",
            "{\"keyId\": \"KEY\", \"metrics\": {\"text_tokens\": 3}}\n"
                + "{\"key\": \"SECRET\", \"metrics\": {\"text_tokens\": 4}}\n"),
        ("/v1/reservations", "application/json", """{"id": "NEW", "metrics": {"text_tokens": 50}, "ttlSeconds": 60}"""),
        ("/v1/reservations/HELD/commit", "application/json", """{"metrics": {"text_tokens": 40}}"""),
        ("/v1/events", "application/cloudevents+json",
            """{"specversion": "1.0", "id": "NEW", "source": "s", "type": "t","""
                + """ "data": {"metrics": {"text_tokens": 9}}}"""),
        ("/v1/events", "application/cloudevents-batch+json",
            """[{"specversion": "1.0", "id": "NEW", "source": "s", "type": "t","""
                + """ "data": {"metrics": {"text_tokens": 2}}}]"""),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public async Task BrokenBodies_AreNeverAServerError_AndOnlyWhatIsAcknowledgedCounts(int seed)
    {
        var random = new Random(seed);
        var mutator = new BodyMutator(random);
        var customer = await Customer.CreateAsync(host);
        var gateway = host.Gateway();
        var counted = 0m;
        var accepted = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var (path, type, good) = Calls[random.Next(Calls.Length)];
            if (path.Contains("HELD", StringComparison.Ordinal))
                path = path.Replace("HELD", await HoldAsync(customer, $"{seed}-{round}"), StringComparison.Ordinal);
            var body = mutator.Mutate(good.Replace("NEW", $"{seed}-{round}-new", StringComparison.Ordinal)
                .Replace("KEY", customer.KeyId, StringComparison.Ordinal)
                .Replace("SECRET", customer.Secret, StringComparison.Ordinal));
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);

            var answer = await (path.EndsWith("/batch", StringComparison.Ordinal) ? gateway : customer.Key)
                .PostAsync(path, content);

            var what = $"seed {seed}, round {round}: {path} {Encoding.UTF8.GetString(body)} → {answer.Text}";
            Assert.True((int)answer.Status < 500, what);
            if (answer.Message.IsSuccessStatusCode)
            {
                accepted++;
                counted += TokensCounted(path, type, body, answer);
            }
            else
            {
                Assert.True(answer.ContentType == "application/problem+json", what);
                Assert.True(
                    answer.Status == HttpStatusCode.Conflict || answer.Json.TryGetProperty("errors", out _), what);
            }
        }

        Assert.InRange(accepted, 1, Rounds - 1);
        await customer.SeesInLedgerAsync(counted);
        await customer.SeesUsedAsync(counted, customer.KeyId);
        await customer.SeesUsedAsync(counted, customer.TenantId);
    }

    private static async Task<string> HoldAsync(Customer customer, string id)
    {
        await customer.Key.PostAsync("/v1/reservations", new { id, metrics = new { text_tokens = 50 } });
        return id;
    }

    /// <summary>Returns what an accepted body must have counted, as another JSON parser reads it.</summary>
    private static decimal TokensCounted(string path, string type, byte[] body, Answer answer)
    {
        if (path is "/v1/usage/check" or "/v1/reservations")
            return 0;
        if (path == "/v1/usage/batch")
        {
            var items = type == "application/json"
                ? [.. JsonDocument.Parse(body).RootElement.EnumerateArray()]
                : Encoding.UTF8.GetString(body).Split('\n').Where(static line => line.Trim(' ', '\t', '\r').Length > 0)
                    .Select(static line => JsonDocument.Parse(line).RootElement).ToList();
            var results = answer["results"].EnumerateArray().ToList();
            Assert.Equal(items.Count, results.Count);
            return items.Zip(results)
                .Where(static pair => Counts(pair.Second)).Sum(static pair => TokensOf(pair.First));
        }

        var root = JsonDocument.Parse(body).RootElement;
        if (path != "/v1/events")
            return Counts(answer.Json) ? TokensOf(root) : 0;
        return root.ValueKind == JsonValueKind.Array
            ? root.EnumerateArray().Sum(static item => TokensOf(item.GetProperty("data")))
            : TokensOf(root.GetProperty("data"));
    }

    private static bool Counts(JsonElement result) =>
        result.GetProperty("allowed").GetBoolean() && !result.GetProperty("duplicate").GetBoolean();

    private static decimal TokensOf(JsonElement usage) =>
        usage.GetProperty("metrics").TryGetProperty("text_tokens", out var tokens) ? tokens.GetDecimal() : 0;
}
