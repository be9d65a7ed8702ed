using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>One number or several: <c>100</c> means the same as <c>[100]</c>. Always answered as a list.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record NumberList(IReadOnlyList<NumberText> Numbers)
{
    private sealed class Converter : JsonConverter<NumberList>
    {
        public override NumberList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number => new([JsonSerializer.Deserialize<NumberText>(ref reader, options)]),
                JsonTokenType.StartArray => new(JsonSerializer.Deserialize<NumberText[]>(ref reader, options)!),
                _ => throw new JsonException("must be a number or a list of numbers"),
            };

        public override void Write(Utf8JsonWriter writer, NumberList value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Numbers, options);
    }
}
