using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Api.Wire;

/// <summary>
/// A field for which null means something: it tells "set to nothing" from "not sent", so that leaving a field out by
/// mistake never removes a limit.
/// </summary>
[JsonConverter(typeof(GivenConverter))]
internal readonly record struct Given<T>(T? Value, bool IsGiven)
{
    public Given(T? value)
        : this(value, true)
    {
    }
}

/// <summary>Reads the value as it is; a field that is not there keeps the default, which is not given.</summary>
internal sealed class GivenConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Given<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Given<T>>
    {
        public override bool HandleNull => true;

        public override Given<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T?>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Given<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
