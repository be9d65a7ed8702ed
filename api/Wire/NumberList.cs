using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>One number or several: <c>100</c> means the same as <c>[100]</c>. Always written as a list.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record NumberList(IReadOnlyList<JsonDecimal> Numbers)
{
    private sealed class Converter : JsonConverter<NumberList>
    {
        public override NumberList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number)
                return new([JsonDecimal.Read(ref reader)]);
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("must be a number or a list of numbers");
            var numbers = new List<JsonDecimal>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                numbers.Add(JsonDecimal.Read(ref reader));
            return new(numbers);
        }

        public override void Write(Utf8JsonWriter writer, NumberList value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Numbers, options);
    }
}
