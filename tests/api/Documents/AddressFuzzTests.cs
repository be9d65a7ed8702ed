using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>
/// Sends every address of the management API requests that contradict its document: wrong types, missing and unknown
/// fields, huge and strange texts, ids of other tenants. No response may be a server error.
/// </summary>
public sealed class AddressFuzzTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Huge = 20_000;

    private static readonly string[] StrangeIds =
        ["x", "t00000000000", "%00", "%F0%9F%92%A5", "..%2F..", "p0000000001a", new('9', 3_000)];

    private static readonly string[] StrangeQueries =
        ["", "x", "-1", "9999999999999999999", "%00", "%ED%A0%80", "2026-13-45", "'%20or%201=1--", new('a', 3_000)];

    /// <summary>JSON values to put in place of any other.</summary>
    private static readonly string[] StrangeValues =
    [
        "null", "true", "-1", "0", "1e400", "-0.0000001", "123456789012345678901234567890", "\"\"", "\" \"", "[]", "{}",
        "[null]", "[[1]]", "{\"a\":{}}", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e💥ﷺ\"", "\"2026-02-30T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\"" + new string('x', Huge) + "\"",
    ];

    [Fact]
    public async Task NothingThatIsSent_IsAnErrorOfTheProgram()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;
        var other = await Customer.CreateAsync(host);
        var failures = new List<string>();
        var sent = 0;
        foreach (var (method, path, operation) in OperationsOf(document))
        {
            // Some addresses change things permanently: each has a tenant of its own.
            var own = await Customer.CreateAsync(host);
            foreach (var (url, body) in Requests(path, operation, own, other))
            {
                using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                var answer = await host.Operator().SendAsync(new HttpMethod(method), url, content, null);
                sent++;
                if (!IsFine(url, answer))
                    failures.Add($"{method} {Short(url)} {Short(body)}: {(int)answer.Status} {Short(answer.Text)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
        Assert.True(sent > 1_500, $"only {sent} requests");
    }

    /// <summary>
    /// Whether an answer is acceptable. An address with a NUL is answered by the server itself, without a body, before
    /// our code runs.
    /// </summary>
    private static bool IsFine(string url, Answer answer) => (int)answer.Status < 500
        && ((int)answer.Status < 400
            || answer.ContentType == "application/problem+json"
            || (answer.Status == HttpStatusCode.BadRequest && url.Contains("%00", StringComparison.Ordinal)));

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> OperationsOf(
        JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        where path.Name.StartsWith("/api/v1/", StringComparison.Ordinal)
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    private static IEnumerable<(string Url, string? Body)> Requests(
        string path, JsonElement operation, Customer own, Customer other)
    {
        var example = ExampleOf(operation);
        foreach (var strange in StrangeIds)
            yield return (Fill(path, own, strange), example?.ToJsonString());
        yield return (Fill(path, other, null), "{\"unknown\":1}");
        var url = Fill(path, own, null);
        foreach (var query in QueriesOf(operation))
        {
            foreach (var strange in StrangeQueries)
                yield return ($"{url}?{query}={strange}", example?.ToJsonString());
        }

        if (example is null)
        {
            yield return (url, null);
            yield break;
        }

        foreach (var broken in new[] { "", "{", "[]", "1", "\"x\"", "null", "{\"a\":1}", "{}" })
            yield return (url, broken);
        foreach (var changed in Changed(example))
            yield return (url, changed);

        // Last, because it may delete the tenant.
        yield return (url, example.ToJsonString());
    }

    /// <summary>Returns the example without each of its fields, and with a strange value in each of them.</summary>
    private static IEnumerable<string> Changed(JsonNode example)
    {
        if (example is not JsonObject fields)
            yield break;
        foreach (var name in fields.Select(static field => field.Key).ToList())
        {
            var without = (JsonObject)fields.DeepClone();
            without.Remove(name);
            yield return without.ToJsonString();
            foreach (var value in StrangeValues)
            {
                without[name] = "\ue000";
                yield return without.ToJsonString().Replace("\"\\uE000\"", value);
            }

            if (fields[name] is not JsonObject inner)
                continue;
            foreach (var nested in Changed(inner))
            {
                without[name] = "\ue000";
                yield return without.ToJsonString().Replace("\"\\uE000\"", nested);
            }
        }
    }

    private static JsonNode? ExampleOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("example", out var example)
            ? JsonNode.Parse(example.GetRawText())
            : null;

    private static IEnumerable<string> QueriesOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray()
                .Where(static p => p.GetProperty("in").GetString() == "query")
                .Select(static p => p.GetProperty("name").GetString()!)
            : [];

    /// <summary>
    /// Fills the address with ids that exist, if there are any, or with strange ones except for the tenant.
    /// </summary>
    private static string Fill(string path, Customer customer, string? strange) => string.Join('/', path.Split('/')
        .Select(part => part switch
        {
            "{t}" => customer.TenantId,
            _ when !part.StartsWith('{') => part,
            _ when strange is not null => strange,
            "{p}" => customer.ProjectId,
            "{k}" => customer.KeyId,
            "{metric}" => "text_tokens",
            _ => "m0000000001a",
        }));

    private static string Short(string? text) => text is { Length: > 200 } ? text[..200] : text ?? "";
}
