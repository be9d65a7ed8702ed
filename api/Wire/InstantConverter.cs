using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>Times as RFC 3339. Read with any offset, but never without one; written in UTC with a Z.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Reads a time as a query or a body has it; kept in whole milliseconds, as everywhere.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        var read = DateTimeOffset.TryParseExact(
            text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
        instant = DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
        return read;
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException("must be a time such as 2026-11-21T09:30:00Z");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
