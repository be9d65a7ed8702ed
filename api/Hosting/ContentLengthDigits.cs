using System.Text;
using Microsoft.Net.Http.Headers;

namespace Sluice.Api.Hosting;

/// <summary>
/// Reads the value of <c>Content-Length</c>, which consists of digits (RFC 9110, 8.6). The server alone also takes a
/// sign; a proxy that reads <c>+26</c> otherwise than the node would disagree about where the next request begins.
/// Anything but digits becomes a text that the server refuses with 400.
/// </summary>
internal sealed class ContentLengthDigits : Encoding
{
    /// <summary>Digits of the largest length that the server reads.</summary>
    private const int LengthMax = 19;

    private const char NoDigit = 'x';

    private static readonly ContentLengthDigits Instance = new();

    /// <summary>Selects how a header's value is read; null for the usual way.</summary>
    public static Encoding? For(string header) =>
        header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (!IsLength(bytes))
        {
            chars[0] = NoDigit;
            return 1;
        }

        for (var i = 0; i < bytes.Length; i++)
            chars[i] = (char)bytes[i];
        return bytes.Length;
    }

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetCharCount(byte[] bytes, int index, int count) =>
        IsLength(bytes.AsSpan(index, count)) ? count : 1;

    public override int GetMaxCharCount(int byteCount) => LengthMax;

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException();

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException();

    private static bool IsLength(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= LengthMax && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
