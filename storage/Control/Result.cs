using System.Diagnostics.CodeAnalysis;

namespace Sluice.Storage.Control;

/// <summary>The result of an action: a value, or the reason it was refused.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Error? _error;

    private Result(T? value, Error? error)
    {
        _value = value;
        _error = error;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Creates a result from a value of an interface type, for which C# has no implicit conversion.</summary>
    public static Result<T> Done(T value) => new(value, null);

    /// <summary>Checks whether this is an error, and returns the error or the value.</summary>
    public bool IsError([NotNullWhen(true)] out Error? error, [NotNullWhen(false)] out T? value)
    {
        error = _error;
        value = _value;
        return error is not null;
    }

    /// <summary>Maps the value; an error is kept.</summary>
    public Result<TNext> Then<TNext>(Func<T, TNext> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return _error is null ? next(_value!) : _error;
    }
}
