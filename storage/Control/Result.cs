using System.Diagnostics.CodeAnalysis;

namespace Sluice.Storage.Control;

/// <summary>What an action led to: a value, or the reason it was not done.</summary>
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

    /// <summary>For values known by an interface, which the language does not convert by itself.</summary>
    public static Result<T> Done(T value) => new(value, null);

    /// <summary>Tells the two apart.</summary>
    public bool IsError([NotNullWhen(true)] out Error? error, [NotNullWhen(false)] out T? value)
    {
        error = _error;
        value = _value;
        return error is not null;
    }

    /// <summary>Continues with the value; an error stays what it is.</summary>
    public Result<TNext> Then<TNext>(Func<T, TNext> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return _error is null ? next(_value!) : _error;
    }
}
