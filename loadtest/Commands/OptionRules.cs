using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sluice.LoadTest.Commands;

/// <summary>Validates option ranges before a command starts.</summary>
internal static class OptionRules
{
    public static Option<T> InRange<T>(this Option<T> option, T min, T max)
        where T : struct, IComparable<T>, IParsable<T>
    {
        option.Validators.Add(result =>
        {
            if (TryRead<T>(result, out var value) && (value.CompareTo(min) < 0 || value.CompareTo(max) > 0))
                result.AddError($"{option.Name} must be from {min} to {max}.");
        });
        return option;
    }

    public static Option<T?> AtLeast<T>(this Option<T?> option, T min)
        where T : struct, IComparable<T>, IParsable<T>
    {
        option.Validators.Add(result =>
        {
            if (TryRead<T>(result, out var value) && value.CompareTo(min) < 0)
                result.AddError($"{option.Name} must be at least {min}.");
        });
        return option;
    }

    // Text that isn't a value at all is reported by the parser itself, and a validator must not pre-empt that: asking
    // for the value would throw.
    private static bool TryRead<T>(OptionResult result, out T value)
        where T : struct, IParsable<T>
    {
        value = default;
        return result.Tokens.Count == 1
            && T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out value);
    }
}
