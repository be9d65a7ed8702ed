using System.CommandLine;

namespace Sluice.LoadTest.Commands;

/// <summary>Ranges of options, checked before a command starts.</summary>
internal static class OptionRules
{
    public static Option<T> InRange<T>(this Option<T> option, T min, T max)
        where T : struct, IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0)
                return;
            var value = result.GetValueOrDefault<T>();
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
                result.AddError($"{option.Name} must be from {min} to {max}.");
        });
        return option;
    }

    public static Option<T?> AtLeast<T>(this Option<T?> option, T min)
        where T : struct, IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<T?>() is { } value && value.CompareTo(min) < 0)
                result.AddError($"{option.Name} must be at least {min}.");
        });
        return option;
    }
}
