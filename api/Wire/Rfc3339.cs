using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sluice.Api.Wire;

/// <summary>Times of bodies and queries, as RFC 3339 (§5.6) writes them.</summary>
internal static class Rfc3339
{
    /// <summary>What a caller is told who wrote one otherwise.</summary>
    public const string Form = "a time as in RFC 3339, such as 2026-11-21T12:00:00Z";

    /// <summary>Longest text that is read; nobody's clock has more digits.</summary>
    private const int MaxLength = 64;

    private const int SecondsEnd = 19;
    private const int OffsetLength = 6;

    /// <summary>Reads an instant; kept in whole milliseconds, as everywhere.</summary>
    /// <remarks>
    /// Its offset is never left out: without one it would be another instant on each server. The fraction may have any
    /// number of digits, for many languages write nine. A leap second is refused: it is no time here.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is <= SecondsEnd or > MaxLength || text[10] is not ('T' or 't'))
            return false;
        if (!DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var date)
            || !TimeOnly.TryParseExact(
                text[11..SecondsEnd], "HH:mm:ss", CultureInfo.InvariantCulture, default, out var time))
            return false;
        if (!TryReadFraction(text[SecondsEnd..], out var fractionMs, out var digits)
            || !TryReadOffset(text[(SecondsEnd + digits)..], out var offset))
            return false;

        var local = date.ToDateTime(time, DateTimeKind.Utc);
        // At either end of the calendar an offset leads out of it.
        if (offset > TimeSpan.Zero ? local - DateTime.MinValue < offset : DateTime.MaxValue - local < -offset)
            return false;
        instant = new DateTimeOffset(local - offset).AddMilliseconds(fractionMs);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/>
    /// <param name="utf8">The text as it was received.</param>
    /// <param name="instant">The instant.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset instant)
    {
        Span<char> text = stackalloc char[MaxLength];
        instant = default;
        return Ascii.ToUtf16(utf8, text, out var length) == OperationStatus.Done
            && TryParse(text[..length], out instant);
    }

    /// <param name="text">What follows the seconds.</param>
    /// <param name="milliseconds">What the first three digits say.</param>
    /// <param name="length">Of the point and its digits; 0 where there is none.</param>
    private static bool TryReadFraction(ReadOnlySpan<char> text, out int milliseconds, out int length)
    {
        (milliseconds, length) = (0, 0);
        if (text[0] != '.')
            return true;
        var weight = 100;
        for (length = 1; length < text.Length && char.IsAsciiDigit(text[length]); length++)
        {
            milliseconds += (text[length] - '0') * weight;
            weight /= 10;
        }

        return length > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
            return true;
        if (text.Length != OffsetLength || text[0] is not ('+' or '-')
            || !TimeOnly.TryParseExact(text[1..], "HH:mm", CultureInfo.InvariantCulture, default, out var size))
            return false;
        offset = text[0] == '+' ? size.ToTimeSpan() : -size.ToTimeSpan();
        return true;
    }
}
