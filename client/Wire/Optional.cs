using System.Text.Json.Serialization;

namespace Sluice.Client.Wire;

/// <summary>A field of a change: not set, so that it stays as it is, or a value, which may be null.</summary>
/// <typeparam name="T">The type of the field.</typeparam>
[JsonConverter(typeof(OptionalConverterFactory))]
public readonly struct Optional<T>(T value)
{
    /// <summary>Whether it is set.</summary>
    public bool IsSet { get; } = true;

    /// <summary>The value; the default of its type if it is not set.</summary>
    public T Value { get; } = value;

    /// <summary>Sets the field.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}
