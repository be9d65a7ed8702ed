namespace Sluice.Metering.Metrics;

/// <summary>
/// The shape of a JSON number token: value = significand × 10^exponent, where the significand neither starts nor ends
/// in zero. Finding it takes one pass; nothing is multiplied, so a hostile exponent costs nothing.
/// </summary>
/// <param name="Negative">Whether there is a leading minus sign.</param>
/// <param name="First">Index of the significand's first digit.</param>
/// <param name="SignificantDigits">The number of digits of the significand; 0 for a zero in any spelling.</param>
/// <param name="Exponent">Power of ten of the significand's last digit.</param>
internal readonly record struct NumberToken(bool Negative, int First, int SignificantDigits, long Exponent)
{
    /// <summary>
    /// The value at which an exponent is capped: more than any text in memory has digits to balance it with, yet small
    /// enough to be added to their number.
    /// </summary>
    private const long ExponentBound = 1_000_000_000_000;

    /// <summary>
    /// Reads a token by the grammar of RFC 8259: no leading zeros or plus, digits on both sides of the point.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out NumberToken token)
    {
        token = default;
        var at = 0;
        var negative = At(utf8, at) == '-';
        if (negative)
            at++;

        var wholeStart = at;
        at = SkipDigits(utf8, at);
        var wholeDigits = at - wholeStart;
        if (wholeDigits == 0 || (wholeDigits > 1 && utf8[wholeStart] == '0'))
            return false;

        var end = at;
        var fractionDigits = 0;
        if (At(utf8, at) == '.')
        {
            end = SkipDigits(utf8, at + 1);
            fractionDigits = end - at - 1;
            if (fractionDigits == 0)
                return false;
        }

        if (!TryReadExponent(utf8, end, out var exponent))
            return false;
        token = Trimmed(utf8, negative, wholeStart, end, exponent - fractionDigits);
        return true;
    }

    /// <summary>
    /// Gets the significand's first digits as a number, and the digit after them, which is 0 if there is none.
    /// </summary>
    /// <param name="utf8">The token.</param>
    /// <param name="count">How many digits; at most 19, which always fit.</param>
    /// <param name="next">The digit after them.</param>
    public ulong Leading(ReadOnlySpan<byte> utf8, int count, out int next)
    {
        ulong value = 0;
        var at = First;
        for (var left = count; left > 0; at++)
        {
            if (utf8[at] == '.')
                continue;
            value = (value * 10) + (uint)(utf8[at] - '0');
            left--;
        }

        if (count < SignificantDigits && utf8[at] == '.')
            at++;
        next = count < SignificantDigits ? utf8[at] - '0' : 0;
        return value;
    }

    private static NumberToken Trimmed(ReadOnlySpan<byte> utf8, bool negative, int start, int end, long exponent)
    {
        while (start < end && utf8[start] is (byte)'0' or (byte)'.')
            start++;
        if (start == end)
            return new NumberToken(negative, start, 0, 0);

        var digits = end - start - (utf8[start..end].Contains((byte)'.') ? 1 : 0);
        for (var last = end - 1; utf8[last] is (byte)'0' or (byte)'.'; last--)
        {
            if (utf8[last] == '.')
                continue;
            digits--;
            exponent++;
        }

        return new NumberToken(negative, start, digits, exponent);
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> utf8, int at, out long exponent)
    {
        exponent = 0;
        if (at == utf8.Length)
            return true;
        if (At(utf8, at++) is not ('e' or 'E'))
            return false;
        var negative = At(utf8, at) == '-';
        if (negative || At(utf8, at) == '+')
            at++;
        if (at == utf8.Length || SkipDigits(utf8, at) != utf8.Length)
            return false;
        for (; at < utf8.Length && exponent < ExponentBound; at++)
            exponent = (exponent * 10) + (utf8[at] - '0');
        if (negative)
            exponent = -exponent;
        return true;
    }

    private static int SkipDigits(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && utf8[at] is >= (byte)'0' and <= (byte)'9')
            at++;
        return at;
    }

    /// <summary>Gets the character at an index, or 0 past the end, which no token contains.</summary>
    private static char At(ReadOnlySpan<byte> utf8, int at) => at < utf8.Length ? (char)utf8[at] : '\0';
}
