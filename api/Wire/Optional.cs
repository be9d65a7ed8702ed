using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>
/// A field for which null has a meaning: it distinguishes "set to nothing" from "not sent", so that omitting a field by
/// mistake never removes a limit.
/// </summary>
[JsonConverter(typeof(OptionalConverter))]
internal readonly record struct Optional<T>(T? Value, bool HasValue)
{
    public Optional(T? value)
        : this(value, true)
    {
    }
}

/// <summary>
/// Converts <see cref="Optional{T}"/>: a field that is present has a value; a missing one keeps the default, which has
/// none.
/// </summary>
internal sealed class OptionalConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            // Not a nested deserialization, whose errors would refer to a document of its own, without the path here.
            new(((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options));

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
