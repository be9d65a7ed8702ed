using System.Buffers.Text;
using System.Text;

namespace Sluice.Bench.Redis;

/// <summary>Reads the four kinds of answers that the peer's commands get: integers, simple and bulk text, errors.
/// </summary>
internal static class RespReader
{
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="InvalidDataException">Another kind of answer, or none at all.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out RespValue value, out int consumedBytes)
    {
        value = default;
        consumedBytes = 0;
        var lineEnd = received.IndexOf("\r\n"u8);
        if (lineEnd < 1)
            return false;
        var line = received[1..lineEnd];
        consumedBytes = lineEnd + 2;
        switch (received[0])
        {
            case (byte)':':
                value = new RespValue(ParseNumber(line), null, IsError: false);
                return true;
            case (byte)'+' or (byte)'-':
                value = new RespValue(0, Encoding.UTF8.GetString(line), received[0] == (byte)'-');
                return true;
            case (byte)'$':
                return TryReadBulk(received, (int)ParseNumber(line), out value, ref consumedBytes);
            default:
                throw new InvalidDataException($"Redis sent an answer of kind '{(char)received[0]}'.");
        }
    }

    private static bool TryReadBulk(
        ReadOnlySpan<byte> received, int bytes, out RespValue value, ref int consumedBytes)
    {
        value = default;
        if (bytes < 0)
            return true;
        if (received.Length < consumedBytes + bytes + 2)
            return false;
        value = new RespValue(0, Encoding.UTF8.GetString(received.Slice(consumedBytes, bytes)), IsError: false);
        consumedBytes += bytes + 2;
        return true;
    }

    private static long ParseNumber(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long number, out var used) && used == digits.Length
            ? number
            : throw new InvalidDataException("Not a number: " + Encoding.UTF8.GetString(digits));
}
