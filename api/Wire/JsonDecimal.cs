using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>
/// A JSON number as it was written. Amounts are never converted to binary floating point: a caller's number is scaled
/// exactly or refused, and responses show exactly what is stored.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonDecimal(string Text)
{
    /// <summary>Returns an amount of a metric as it is shown.</summary>
    public static JsonDecimal Of(long units, int decimals) => new(ScaledNumber.Format(units, decimals));

    /// <inheritdoc cref="ScaledNumber.Parse(ReadOnlySpan{byte}, int, long, out long)"/>
    public NumberOutcome Scale(int decimals, long maxUnits, out long units) =>
        ScaledNumber.Parse(Encoding.ASCII.GetBytes(Text), decimals, maxUnits, out units);

    /// <summary>Returns a valid amount in units of its last decimal.</summary>
    /// <exception cref="InvalidOperationException">It is not valid.</exception>
    public long ToUnits(int decimals, long maxUnits = ScaledNumber.MaxLimitUnits) =>
        Scale(decimals, maxUnits, out var units) == NumberOutcome.Ok
            ? units
            : throw new InvalidOperationException($"{Text} is not valid with {decimals} decimals.");

    /// <exception cref="JsonException">The reader stands at something else.</exception>
    public static JsonDecimal Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("must be a number");
        // A number token is ASCII. One that spans two received blocks comes in pieces.
        return new(reader.HasValueSequence
            ? Encoding.ASCII.GetString(reader.ValueSequence)
            : Encoding.ASCII.GetString(reader.ValueSpan));
    }

    private sealed class Converter : JsonConverter<JsonDecimal>
    {
        public override JsonDecimal Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonDecimal.Read(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonDecimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
