using System.Text;
using System.Text.Json;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>Writes the records of the client.</summary>
/// <param name="types">The types of schemas.</param>
/// <param name="requests">The schemas that are part of some request.</param>
internal sealed class ModelWriter(TypeNames types, IReadOnlySet<string> requests)
{
    public string Write(string name, JsonElement schema)
    {
        var body = new StringBuilder();
        WriteRecord(body, name, schema, requests.Contains(name));
        var text = body.ToString();
        var head = new StringBuilder("// Written from the OpenAPI document by a test of the API, which says how.\n");
        if (text.Contains("JsonElement", StringComparison.Ordinal))
            head.Append("using System.Text.Json;\n");
        if (text.Contains("[Json", StringComparison.Ordinal))
            head.Append("using System.Text.Json.Serialization;\n");
        if (text.Contains("Optional<", StringComparison.Ordinal) || text.Contains(": IPage<", StringComparison.Ordinal))
            head.Append("using Sluice.Client.Wire;\n");
        return head.Append("\nnamespace Sluice.Client.Models;\n\n").Append(text).ToString();
    }

    private void WriteRecord(StringBuilder code, string name, JsonElement schema, bool isRequest)
    {
        var inline = new List<(string Name, JsonElement Schema)>();
        Text.Comment(code, "", Description(schema), "<summary>", "</summary>");
        code.Append($"public sealed record {name}{BaseOf(schema, name)}\n{{\n");
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(static n => n.GetString()!).ToHashSet()
            : [];
        var first = true;
        foreach (var property in Properties(schema))
        {
            if (!first)
                code.Append('\n');
            first = false;
            var inlineName = name + Text.Pascal(property.Name);
            var member = Text.Pascal(property.Name);
            // A member can't be called like its type.
            WriteProperty(
                code, property, member == name ? "Value" : member, inlineName, required.Contains(property.Name),
                isRequest);
            if (TypeNames.InlineObject(property.Value) is { } found)
            {
                var isItself = property.Value.TryGetProperty("properties", out _);
                inline.Add((isItself ? inlineName : inlineName + "Item", found));
            }
        }

        code.Append("}\n");
        foreach (var (inlineName, found) in inline)
        {
            code.Append('\n');
            WriteRecord(code, inlineName, found, isRequest);
        }
    }

    private void WriteProperty(
        StringBuilder code, JsonProperty property, string name, string inlineName, bool required, bool isRequest)
    {
        const string indent = "    ";
        var type = types.Of(property.Value, inlineName);
        var nullable = TypeNames.IsNullable(property.Value);
        Text.Comment(code, indent, Description(property.Value), "<summary>", "</summary>");
        if (JsonNamingPolicy.CamelCase.ConvertName(name) != property.Name)
            code.Append($"{indent}[JsonPropertyName(\"{property.Name}\")]\n");
        if (required)
        {
            code.Append($"{indent}public required {type}{(nullable ? "?" : "")} {name} {{ get; init; }}\n");
        }
        else if (isRequest && nullable)
        {
            code.Append($"{indent}[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]\n");
            code.Append($"{indent}public Optional<{type}?> {name} {{ get; init; }}\n");
        }
        else
        {
            code.Append($"{indent}[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]\n");
            code.Append($"{indent}public {type}? {name} {{ get; init; }}\n");
        }
    }

    /// <summary>Lists are pages.</summary>
    private string BaseOf(JsonElement schema, string name)
    {
        var properties = Properties(schema).ToDictionary(static p => p.Name, static p => p.Value);
        return properties.ContainsKey("next") && properties.TryGetValue("items", out var items)
            ? $" : IPage<{types.Of(items.GetProperty("items"), name + "ItemsItem")}>"
            : "";
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default;

    private static string? Description(JsonElement schema) =>
        schema.TryGetProperty("description", out var text) ? text.GetString() : null;
}
