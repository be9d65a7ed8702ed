using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>What the document says of each field and parameter.</summary>
[Collection<SettingsNode>]
public sealed class DocumentFieldTests(NodeHost host)
{
    [Fact]
    public async Task EveryFieldAndParameter_HasASentence()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;
        var fields = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(static schema => schema.Name != "ProblemDetails" && schema.Value.TryGetProperty("properties", out _))
            .SelectMany(
                static schema => schema.Value.GetProperty("properties").EnumerateObject(),
                static (schema, field) => (Name: $"{schema.Name}.{field.Name}", field.Value));
        var parameters = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject(), static (path, operation) => (path, operation))
            .Where(static found => found.operation.Value.TryGetProperty("parameters", out _))
            .SelectMany(
                static found => found.operation.Value.GetProperty("parameters").EnumerateArray(),
                static (found, parameter) => (
                    Name: $"{found.operation.Name} {found.path.Name} {parameter.GetProperty("name").GetString()}",
                    Value: parameter));

        var wanting = fields.Concat(parameters).Where(static field => !HasSentence(field.Value))
            .Select(static field => field.Name).ToList();

        Assert.True(wanting.Count == 0, string.Join('\n', wanting));
    }

    private static bool HasSentence(JsonElement field) =>
        field.TryGetProperty("description", out var text) && text.GetString()!.EndsWith('.')
        && !text.GetString()!.Contains('\n')
        // The comment of the type of a field that has none of its own.
        && !text.GetString()!.StartsWith("A field for which null has a meaning", StringComparison.Ordinal);
}
