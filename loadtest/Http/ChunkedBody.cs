using System.Buffers.Text;

namespace Sluice.LoadTest.Http;

/// <summary>Decodes the chunked transfer coding of RFC 9112, section 7.1.</summary>
internal static class ChunkedBody
{
    /// <summary>Joins the chunks at the front of <paramref name="wire"/> into one body at its start.</summary>
    /// <returns>False, with nothing moved, while the last chunk has not arrived.</returns>
    /// <exception cref="InvalidDataException">A chunk's size or end is malformed.</exception>
    public static bool TryJoin(Span<byte> wire, out int bodyBytes, out int wireBytes)
    {
        if (!TryMeasure(wire, out bodyBytes, out wireBytes))
            return false;
        var read = 0;
        var written = 0;
        while (written < bodyBytes)
        {
            _ = TryReadSize(wire[read..], out var size, out var sizeLineBytes);
            var data = read + sizeLineBytes;
            wire.Slice(data, size).CopyTo(wire[written..]);
            written += size;
            read = data + size + 2;
        }

        return true;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> wire, out int bodyBytes, out int wireBytes)
    {
        bodyBytes = 0;
        wireBytes = 0;
        while (TryReadSize(wire[wireBytes..], out var size, out var sizeLineBytes))
        {
            wireBytes += sizeLineBytes;
            if (size == 0)
                return TryPassTrailers(wire, ref wireBytes);
            if (wire.Length - wireBytes < (long)size + 2)
                return false;
            if (!wire.Slice(wireBytes + size, 2).SequenceEqual("\r\n"u8))
                throw new InvalidDataException("A chunk does not end where its size says.");
            bodyBytes += size;
            wireBytes += size + 2;
        }

        return false;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> wire, out int size, out int lineBytes)
    {
        size = 0;
        var lineEnd = wire.IndexOf("\r\n"u8);
        lineBytes = lineEnd + 2;
        if (lineEnd < 0)
            return false;
        if (!Utf8Parser.TryParse(wire[..lineEnd], out size, out var digits, 'x') || size < 0
            || (digits < lineEnd && wire[digits] is not ((byte)';' or (byte)' ')))
        {
            throw new InvalidDataException("A chunk has no size.");
        }

        return true;
    }

    private static bool TryPassTrailers(ReadOnlySpan<byte> wire, ref int wireBytes)
    {
        while (true)
        {
            var lineEnd = wire[wireBytes..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return false;
            wireBytes += lineEnd + 2;
            if (lineEnd == 0)
                return true;
        }
    }
}
