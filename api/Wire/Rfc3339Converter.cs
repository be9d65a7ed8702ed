using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>Converts times in RFC 3339. Reads any offset, but never a time without one; writes UTC with a Z.</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Rfc3339.TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException("must be a time such as 2026-11-21T09:30:00Z");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
