using System.Text.Json;

namespace Sluice.WebConsole.Parts;

/// <summary>Finds what differs between two values of JSON, field by field.</summary>
internal static class JsonDifference
{
    /// <param name="Name">The path of the field, such as <c>limits[0].value</c>.</param>
    /// <param name="Before">Its value before; null if it had none.</param>
    /// <param name="After">Its value after; null if it has none.</param>
    public sealed record Line(string Name, JsonElement? Before, JsonElement? After);

    public static IReadOnlyList<Line> Between(JsonElement? before, JsonElement? after)
    {
        var (old, now) = (FieldsOf(before), FieldsOf(after));
        return
        [
            .. old.Keys.Union(now.Keys)
                .Select(name => new Line(name, ValueOf(old, name), ValueOf(now, name)))
                .Where(static line => line.Before?.GetRawText() != line.After?.GetRawText()),
        ];
    }

    private static Dictionary<string, JsonElement> FieldsOf(JsonElement? value)
    {
        var fields = new Dictionary<string, JsonElement>();
        if (value is { } root)
            Add(fields, "", root);
        return fields;
    }

    private static JsonElement? ValueOf(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : null;

    /// <summary>Adds a value, or what is in it. A list of plain values is one value.</summary>
    private static void Add(Dictionary<string, JsonElement> fields, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Add(fields, name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(IsNested):
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Add(fields, $"{name}[{index++}]", item);
                break;
            default:
                fields[name] = value;
                break;
        }
    }

    private static bool IsNested(JsonElement item) => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}
