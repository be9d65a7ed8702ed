using System.Text.Json;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>Which type of C# a schema is.</summary>
internal sealed class TypeNames(JsonElement document)
{
    private const string Reference = "$ref";

    public static string OfReference(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    public JsonElement SchemaOf(string name) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>Whether a schema is one of some words, which are texts here: a later server may know more.</summary>
    public bool IsWord(string name) => SchemaOf(name).TryGetProperty("enum", out _);

    /// <summary>Whether null is a value of the schema.</summary>
    public static bool IsNullable(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array)
            return type.EnumerateArray().Any(static t => t.GetString() == "null");
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(static c => c.TryGetProperty("type", out var t) && IsNull(t));
        return !schema.TryGetProperty(Reference, out _) && !schema.TryGetProperty("type", out _);

        static bool IsNull(JsonElement type) => type.ValueKind == JsonValueKind.String && type.GetString() == "null";
    }

    /// <summary>Returns the type of a schema, without the mark of null.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="inlineName">The name of its type if it is an object that has no name.</param>
    public string Of(JsonElement schema, string inlineName)
    {
        if (schema.TryGetProperty(Reference, out var reference))
        {
            var name = OfReference(reference.GetString()!);
            return IsWord(name) ? "string" : name;
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return Of(
                choices.EnumerateArray().Single(static c => c.TryGetProperty(Reference, out _)), inlineName);
        }

        var format = schema.TryGetProperty("format", out var given) ? given.GetString() : null;
        return KindOf(schema) switch
        {
            "string" => format == "date-time" ? "DateTimeOffset" : "string",
            "integer" => format == "int64" ? "long" : "int",
            "number" => format == "double" ? "double" : "decimal",
            "boolean" => "bool",
            "array" => $"IReadOnlyList<{Of(schema.GetProperty("items"), inlineName + "Item")}>",
            "object" => OfObject(schema, inlineName),
            _ => "JsonElement",
        };
    }

    /// <summary>The object without a name in a schema; null if there is none.</summary>
    public static JsonElement? InlineObject(JsonElement schema)
    {
        if (schema.TryGetProperty("properties", out _))
            return schema;
        return schema.TryGetProperty("items", out var items) ? InlineObject(items) : null;
    }

    private static string? KindOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return null;
        return type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : type.EnumerateArray().Select(static t => t.GetString()).Single(static t => t != "null");
    }

    private string OfObject(JsonElement schema, string inlineName)
    {
        if (schema.TryGetProperty("properties", out _))
            return inlineName;
        if (!schema.TryGetProperty("additionalProperties", out var values) || values.ValueKind != JsonValueKind.Object)
            return "JsonElement";
        return $"IReadOnlyDictionary<string, {Of(values, inlineName + "Value")}{(IsNullable(values) ? "?" : "")}>";
    }
}
