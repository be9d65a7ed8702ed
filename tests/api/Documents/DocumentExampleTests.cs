using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>Sends the document's examples to the node, and holds its required fields to the node's answers.</summary>
public sealed class DocumentExampleTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>Needs a code of the reader's own authenticator.</summary>
    private static readonly string[] Codes = ["POST /api/v1/me/mfa/confirm", "POST /api/v1/me/mfa/disable"];

    /// <summary>Needs one of two fields, or one because of another.</summary>
    private static readonly string[] Conditional =
    [
        "PUT /api/v1/tenants/{t}/usage-thresholds", "POST /v1/usage/batch",
    ];

    [Fact]
    public async Task EveryExample_Succeeds()
    {
        var failures = new List<string>();
        foreach (var (operation, _, contentType, example) in await BodiesAsync())
        {
            if (Codes.Contains(operation))
                continue;
            var world = await ExampleWorld.ForAsync(host, operation);
            var answer = await world.SendAsync(operation, example, contentType);
            if ((int)answer.Status is < 200 or > 299)
                failures.Add($"{operation} {(int)answer.Status} {answer.Text} for {example.ToJsonString()}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task TheRequiredFields_AreThoseThatTheNodeRequires()
    {
        var failures = new List<string>();
        foreach (var (operation, required, contentType, example) in await BodiesAsync())
        {
            if (Codes.Contains(operation) || example is not JsonObject fields)
                continue;
            var world = await ExampleWorld.ForAsync(host, operation);
            foreach (var field in required)
            {
                var without = (JsonObject)fields.DeepClone();
                without.Remove(field);
                var refused = await world.SendAsync(operation, without, contentType);
                var names = refused.Json.TryGetProperty("errors", out var errors)
                    ? errors.EnumerateObject().Select(static error => error.Name).ToList()
                    : [];
                if ((int)refused.Status is not (400 or 422)
                    || !names.Any(name => name == field || name.StartsWith($"{field}.", StringComparison.Ordinal)))
                    failures.Add($"{operation} without {field}: {(int)refused.Status} {refused.Text}");
            }

            if (Conditional.Contains(operation))
                continue;
            var least = new JsonObject(required.Select(
                field => KeyValuePair.Create(field, fields[field]?.DeepClone())));
            var answer = await world.SendAsync(operation, least, contentType);
            if ((int)answer.Status is < 200 or > 299)
                failures.Add($"{operation} with {least.ToJsonString()}: {(int)answer.Status} {answer.Text}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task AWordThatIsNotInTheList_IsRefused()
    {
        var failures = new List<string>();
        var words = 0;
        foreach (var (operation, _, contentType, example) in await BodiesAsync())
        {
            var world = await ExampleWorld.ForAsync(host, operation);
            foreach (var field in await WordFieldsAsync(operation))
            {
                words++;
                var wrong = (JsonObject)example.DeepClone();
                wrong[field] = wrong[field] is JsonArray ? new JsonArray("nonsense") : "nonsense";
                var refused = await world.SendAsync(operation, wrong, contentType);
                if (refused.Status != HttpStatusCode.UnprocessableEntity
                    || !refused["errors"].EnumerateObject().Any(error => error.Name.StartsWith(field, Ordinal)))
                    failures.Add($"{operation} with a wrong {field}: {(int)refused.Status} {refused.Text}");
            }
        }

        Assert.True(words >= 15, $"only {words}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private async Task<List<string>> WordFieldsAsync(string operation)
    {
        var document = await DocumentAsync();
        var (method, path) = (operation.Split(' ')[0].ToLowerInvariant(), operation.Split(' ')[1]);
        var content = document["paths"]![path]![method]!["requestBody"]!["content"]!.AsObject().First().Value!;
        var name = content["schema"]!["$ref"]?.GetValue<string>().Split('/')[^1];
        var fields = name is null ? null : document["components"]!["schemas"]![name]!["properties"];
        return
        [
            .. (fields?.AsObject() ?? []).Where(
                static field => field.Value!["enum"] is not null || field.Value["items"]?["enum"] is not null)
                .Select(static field => field.Key),
        ];
    }

    /// <summary>Returns each operation with a body, its required fields, type and example.</summary>
    private async Task<List<(string Operation, List<string> Required, string ContentType, JsonNode Example)>>
        BodiesAsync()
    {
        var document = await DocumentAsync();
        var found = new List<(string, List<string>, string, JsonNode)>();
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                if (operation!["requestBody"]?["content"] is not JsonObject content)
                    continue;
                var (type, media) = content.First();
                var name = media!["schema"]!["$ref"]?.GetValue<string>().Split('/')[^1];
                var schema = name is null ? null : document["components"]!["schemas"]![name];
                List<string> required =
                [
                    .. (schema?["required"]?.AsArray() ?? []).Select(static field => field!.GetValue<string>()),
                ];
                found.Add(($"{method.ToUpperInvariant()} {path}", required, type, media["example"]!));
            }
        }

        Assert.True(found.Count > 50, $"only {found.Count} bodies");
        return found;
    }

    private async Task<JsonNode> DocumentAsync() =>
        JsonNode.Parse((await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Text)!;
}
