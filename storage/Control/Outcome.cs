using System.Diagnostics.CodeAnalysis;

namespace Sluice.Storage.Control;

/// <summary>What an action led to: a value, or the reason it was not done.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Outcome(T? value, Refusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    /// <summary>For values known by an interface, which the language does not convert by itself.</summary>
    public static Outcome<T> Done(T value) => new(value, null);

    /// <summary>Tells the two apart.</summary>
    public bool IsRefused([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out T? value)
    {
        refusal = _refusal;
        value = _value;
        return refusal is not null;
    }

    /// <summary>Continues with the value; a refusal stays what it is.</summary>
    public Outcome<TNext> Then<TNext>(Func<T, TNext> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return _refusal is null ? next(_value!) : _refusal;
    }
}
