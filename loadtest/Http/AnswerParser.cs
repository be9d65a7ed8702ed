using System.Buffers.Text;
using System.Text;

namespace Sluice.LoadTest.Http;

/// <summary>
/// Parses HTTP/1.1 responses from received bytes: status, the four headers that matter here, and a body of known length
/// or in chunks. An incomplete response leaves the bytes unchanged, so the caller receives more and retries.
/// </summary>
internal static class AnswerParser
{
    /// <summary>Maximum length of a response head; a longer one is not from our server.</summary>
    public const int MaxHeadBytes = 32 * 1024;

    private const int StatusLineBytesMin = 12;

    /// <summary>Takes one response from the front of <paramref name="received"/>; chunks are joined in place.</summary>
    /// <returns>False if more bytes are needed.</returns>
    /// <exception cref="InvalidDataException">The bytes are not an HTTP/1.1 response.</exception>
    public static bool TryParse(Memory<byte> received, out HttpAnswer answer, out int consumedBytes)
    {
        answer = default;
        consumedBytes = 0;
        var headEnd = received.Span.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return received.Length <= MaxHeadBytes
                ? false
                : throw new InvalidDataException($"No end of the answer's head within {MaxHeadBytes} bytes.");
        }

        var head = ParseHead(received.Span[..headEnd]);
        var bodyStart = headEnd + 4;
        if (head.IsInterim)
        {
            // 1xx announces the final response, which follows directly.
            var found = TryParse(received[bodyStart..], out answer, out var restBytes);
            consumedBytes = found ? bodyStart + restBytes : 0;
            return found;
        }

        var body = received[bodyStart..];
        int bodyBytes;
        int wireBytes;
        if (head.IsChunked)
        {
            if (!ChunkedBody.TryJoin(body.Span, out bodyBytes, out wireBytes))
                return false;
        }
        else
        {
            bodyBytes = wireBytes = head.BodyBytes;
            if (body.Length < wireBytes)
                return false;
        }

        answer = new HttpAnswer(head.Status, body[..bodyBytes], head.RetryAfterSeconds, head.ClosesConnection);
        consumedBytes = bodyStart + wireBytes;
        return true;
    }

    private static AnswerHead ParseHead(ReadOnlySpan<byte> head)
    {
        var lineEnd = head.IndexOf("\r\n"u8);
        var statusLine = lineEnd < 0 ? head : head[..lineEnd];
        if (statusLine.Length < StatusLineBytesMin || !statusLine.StartsWith("HTTP/1."u8)
            || !Utf8Parser.TryParse(statusLine[9..12], out int status, out var digits) || digits != 3)
        {
            throw new InvalidDataException("Not an HTTP/1.1 status line: " + Encoding.ASCII.GetString(statusLine));
        }

        var parsed = new AnswerHead { Status = status, BodyBytes = -1, RetryAfterSeconds = -1 };
        while (lineEnd >= 0)
        {
            head = head[(lineEnd + 2)..];
            lineEnd = head.IndexOf("\r\n"u8);
            ReadHeader(lineEnd < 0 ? head : head[..lineEnd], ref parsed);
        }

        if (parsed.HasNoBody)
            parsed.BodyBytes = 0;
        if (parsed.BodyBytes < 0 && !parsed.IsChunked && !parsed.IsInterim)
            throw new InvalidDataException($"The answer ({status}) has neither Content-Length nor chunks.");
        return parsed;
    }

    private static void ReadHeader(ReadOnlySpan<byte> line, ref AnswerHead head)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
            throw new InvalidDataException("Not a header line: " + Encoding.ASCII.GetString(line));
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            head.BodyBytes = ParseCount(value);
        else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
            head.IsChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
        else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
            head.ClosesConnection = Ascii.EqualsIgnoreCase(value, "close"u8);
        else if (Ascii.EqualsIgnoreCase(name, "Retry-After"u8) && Utf8Parser.TryParse(value, out int seconds, out _))
            head.RetryAfterSeconds = Math.Max(0, seconds);
    }

    private static int ParseCount(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out int count, out var used) && used == value.Length && count >= 0
            ? count
            : throw new InvalidDataException("Not a Content-Length: " + Encoding.ASCII.GetString(value));

    private struct AnswerHead
    {
        public int Status;
        public int BodyBytes;
        public int RetryAfterSeconds;
        public bool IsChunked;
        public bool ClosesConnection;

        public readonly bool IsInterim => Status is >= 100 and < 200;

        public readonly bool HasNoBody => Status is 204 or 304;
    }
}
