using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sluice.Api.Wire;

/// <summary>Times of bodies and queries, as RFC 3339 (§5.6) writes them.</summary>
internal static class Rfc3339
{
    /// <summary>The form that is required, for messages to callers.</summary>
    public const string Form = "a time as in RFC 3339, such as 2026-11-21T12:00:00Z";

    /// <summary>The longest text that is read; no clock has more digits.</summary>
    private const int MaxLength = 64;

    private const int SecondsEnd = 19;
    private const int OffsetLength = 6;

    /// <summary>Reads an instant, in whole milliseconds like everywhere.</summary>
    /// <remarks>
    /// The offset is required: without one the text would be another instant on each server. The fraction may have any
    /// number of digits, because many languages write nine. A leap second is refused: it does not exist here.
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
        // Near the ends of the calendar an offset can lead outside of it.
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

    /// <param name="text">The text after the seconds.</param>
    /// <param name="milliseconds">The value of the first three digits.</param>
    /// <param name="length">The length of the point and its digits; 0 if there are none.</param>
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
