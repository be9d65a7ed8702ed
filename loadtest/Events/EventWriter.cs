using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.LoadTest.Events;

/// <summary>
/// Writes events as request bodies of the wire contract. The same event always becomes the same bytes: the server
/// compares bodies under one id, and a repeated run must repeat itself exactly.
/// </summary>
internal sealed partial class EventWriter
{
    /// <summary>The tokens that a caller reserves when it doesn't know the answer's length.</summary>
    public const long EstimatedOutputTokens = 256;

    private const int NumberDigitsMax = 20;

    private readonly EventIdWriter _ids;
    private readonly byte[] _bodyEnd;
    private readonly bool _leavesIdsOut;

    /// <exception cref="FormatException">The run id is not 1 to 64 letters, digits, dots, dashes or underscores.
    /// </exception>
    public EventWriter(string runId, AckMode ack, bool leavesIdsOut = false)
    {
        if (!RunIds().IsMatch(runId))
            throw new FormatException($"The run id '{runId}' is not 1 to 64 letters, digits, '.', '_' or '-'.");
        _leavesIdsOut = leavesIdsOut;
        _ids = new EventIdWriter(runId);
        _bodyEnd = ack == AckMode.Memory ? "},\"ack\":\"memory\"}"u8.ToArray() : "}}"u8.ToArray();
    }

    /// <summary>Writes the body of <c>POST /v1/usage</c>.</summary>
    public void WriteUsage(IBufferWriter<byte> body, in LoadEvent item)
    {
        body.Write("{"u8);
        WriteEvent(body, item, item.TotalTokens);
        body.Write(_bodyEnd);
    }

    /// <summary>Writes one line of <c>POST /v1/usage/batch</c>.</summary>
    public void WriteBatchLine(IBufferWriter<byte> body, in LoadEvent item, ReadOnlySpan<byte> keyId)
    {
        body.Write("{\"keyId\":\""u8);
        body.Write(keyId);
        body.Write("\","u8);
        WriteEvent(body, item, item.TotalTokens);
        body.Write(_bodyEnd);
        body.Write("\n"u8);
    }

    /// <summary>Writes the body of <c>POST /v1/reservations</c>: the prompt and an estimate.</summary>
    public void WriteReservation(IBufferWriter<byte> body, in LoadEvent item)
    {
        body.Write("{"u8);
        WriteEvent(body, item, item.InputTokens + EstimatedOutputTokens);
        body.Write("}}"u8);
    }

    /// <summary>Writes the body of a reservation's commit: the actual usage.</summary>
    public static void WriteCommit(IBufferWriter<byte> body, in LoadEvent item)
    {
        body.Write("{\"metrics\":{\"text_tokens\":"u8);
        WriteNumber(body, item.TotalTokens);
        body.Write("}}"u8);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunIds();

    private static void WriteNumber(IBufferWriter<byte> body, long number)
    {
        var span = body.GetSpan(NumberDigitsMax);
        number.TryFormat(span, out var digits, provider: CultureInfo.InvariantCulture);
        body.Advance(digits);
    }

    private void WriteEvent(IBufferWriter<byte> body, in LoadEvent item, long tokens)
    {
        if (!_leavesIdsOut)
        {
            body.Write("\"id\":\""u8);
            _ids.Write(body, item.Number);
            body.Write("\","u8);
        }

        if (item.Model is not null)
        {
            body.Write("\"model\":\""u8);
            Encoding.UTF8.GetBytes(item.Model, body);
            body.Write("\","u8);
        }

        body.Write("\"metrics\":{\"text_tokens\":"u8);
        WriteNumber(body, tokens);
    }
}
