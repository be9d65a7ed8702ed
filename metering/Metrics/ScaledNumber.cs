using System.Buffers.Text;
using System.Text;

namespace Sluice.Metering.Metrics;

/// <summary>
/// Converts amounts between JSON text and the scaled integer they are stored as, without rounding in either direction:
/// with 3 decimals, <c>1.25</c> is 1250 units.
/// </summary>
public static class ScaledNumber
{
    /// <summary>
    /// Maximum units of one metric in one event. 9,000 such events fit in a 64-bit sum, so no sum overflows in one
    /// step; every further step is checked.
    /// </summary>
    public const long MaxUnits = 1_000_000_000_000_000;

    /// <summary>
    /// Maximum value of a limit: a thousand times <see cref="MaxUnits"/>, and far enough below the end of 64 bits that
    /// used + held + requested can be added up before they are compared with it.
    /// </summary>
    public const long MaxLimitUnits = 1_000 * MaxUnits;

    /// <summary>The bytes needed for any formatted value: the sign, 19 digits and the point.</summary>
    public const int MaxTextLength = 21;

    // MaxLimitUnits has 19 digits. Longer is too large without being computed; 19 digits always fit 64 unsigned bits.
    private const int MaxDigits = 19;

    private static ReadOnlySpan<long> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Gets 10 to the power of <paramref name="decimals"/>, 0 to <see cref="Metric.MaxDecimals"/>.</summary>
    public static long PowerOfTen(int decimals) => PowersOfTen[decimals];

    /// <summary>Parses an amount of at most <see cref="MaxUnits"/>, rounded as its metric says.</summary>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, int, long, out long)"/>
    public static NumberOutcome Parse(ReadOnlySpan<byte> utf8, int decimals, Rounding rounding, out long units) =>
        Parse(utf8, decimals, rounding, MaxUnits, out units);

    /// <summary>
    /// Parses a JSON number token exactly. Trailing zeros and exponents don't count as decimals: with one decimal,
    /// <c>0.10</c>, <c>1e3</c> and <c>25e-1</c> are fine. Takes time in proportion to the text only, whatever the
    /// exponent is.
    /// </summary>
    /// <param name="utf8">The token, without surrounding white space.</param>
    /// <param name="decimals">Decimals of the metric, 0 to <see cref="Metric.MaxDecimals"/>.</param>
    /// <param name="maxUnits">Highest value accepted, up to <see cref="MaxLimitUnits"/>.</param>
    /// <param name="units">The value in smallest units; 0 unless the outcome is Ok.</param>
    public static NumberOutcome Parse(ReadOnlySpan<byte> utf8, int decimals, long maxUnits, out long units) =>
        Parse(utf8, decimals, Rounding.None, maxUnits, out units);

    private static NumberOutcome Parse(
        ReadOnlySpan<byte> utf8, int decimals, Rounding rounding, long maxUnits, out long units)
    {
        units = 0;
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, Metric.MaxDecimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxUnits, MaxLimitUnits);
        if (!NumberToken.TryRead(utf8, out var token))
            return NumberOutcome.NotANumber;
        if (token.SignificantDigits == 0)
            return NumberOutcome.Ok;
        if (token.Negative)
            return NumberOutcome.Negative;

        // The significand ends in a digit other than zero, so a negative power is a decimal too many.
        var power = token.Exponent + decimals;
        if (power < 0 && rounding == Rounding.None)
            return NumberOutcome.TooManyDecimals;
        if (token.SignificantDigits + power > MaxDigits)
            return NumberOutcome.TooLarge;

        var value = power < 0 ? Rounded(utf8, token, token.SignificantDigits + power, rounding)
            : token.Leading(utf8, token.SignificantDigits, out _);
        for (; power > 0; power--)
            value *= 10;
        if (value > (ulong)maxUnits)
            return NumberOutcome.TooLarge;
        units = (long)value;
        return NumberOutcome.Ok;
    }

    /// <summary>Rounds a value that is no multiple of a unit.</summary>
    /// <param name="utf8">The token's text.</param>
    /// <param name="token">The token, with decimals too many.</param>
    /// <param name="digits">Digits of its whole units; 0 or less below one unit, at most 19.</param>
    /// <param name="rounding">How to round.</param>
    private static ulong Rounded(ReadOnlySpan<byte> utf8, NumberToken token, long digits, Rounding rounding)
    {
        // Below a tenth of a unit the first digit is not the one after the point.
        if (digits < 0)
            return rounding == Rounding.Up ? 1u : 0u;
        var whole = token.Leading(utf8, (int)digits, out var next);
        return rounding == Rounding.Up || next >= 5 ? whole + 1 : whole;
    }

    /// <summary>Scales an amount that is already a decimal, by the same rules as the text.</summary>
    public static NumberOutcome FromDecimal(decimal value, int decimals, long maxUnits, out long units)
    {
        units = 0;
        var scale = PowerOfTen(decimals);
        if (value < 0)
            return NumberOutcome.Negative;

        // Scale whole and fraction separately: their product with the scale can neither overflow a decimal nor lose a
        // digit.
        var whole = decimal.Truncate(value);
        var fraction = (value - whole) * scale;
        if (fraction != decimal.Truncate(fraction))
            return NumberOutcome.TooManyDecimals;
        if (whole > maxUnits / scale)
            return NumberOutcome.TooLarge;
        var scaled = ((long)whole * scale) + (long)fraction;
        if (scaled > maxUnits)
            return NumberOutcome.TooLarge;
        units = scaled;
        return NumberOutcome.Ok;
    }

    /// <summary>
    /// Writes the shortest JSON text without an exponent: no trailing zeros, no point after a whole number.
    /// </summary>
    /// <returns>False if <paramref name="utf8"/> is too short; <see cref="MaxTextLength"/> suffices.</returns>
    public static bool TryFormat(long units, int decimals, Span<byte> utf8, out int written)
    {
        var (whole, fraction) = Math.DivRem(units, PowerOfTen(decimals));
        written = 0;
        // Between -1 and 0 the whole part is 0 and has lost the sign.
        if (units < 0 && whole == 0)
        {
            if (utf8.IsEmpty)
                return false;
            utf8[written++] = (byte)'-';
        }

        if (!Utf8Formatter.TryFormat(whole, utf8[written..], out var length))
        {
            written = 0;
            return false;
        }

        written += length;
        if (fraction == 0)
            return true;

        fraction = Math.Abs(fraction);
        while (fraction % 10 == 0)
        {
            fraction /= 10;
            decimals--;
        }

        if (utf8.Length < written + 1 + decimals)
        {
            written = 0;
            return false;
        }

        utf8[written] = (byte)'.';
        for (var i = decimals; i > 0; i--, fraction /= 10)
            utf8[written + i] = (byte)('0' + (fraction % 10));
        written += 1 + decimals;
        return true;
    }

    /// <summary>Formats an amount as a string, for messages and logs.</summary>
    public static string Format(long units, int decimals)
    {
        Span<byte> utf8 = stackalloc byte[MaxTextLength];
        return TryFormat(units, decimals, utf8, out var written)
            ? Encoding.ASCII.GetString(utf8[..written])
            : throw new InvalidOperationException("the longest number does not fit its bound");
    }

    /// <summary>Converts an amount to whole units, exactly.</summary>
    public static decimal ToDecimal(long units, int decimals) => (decimal)units / PowerOfTen(decimals);
}
