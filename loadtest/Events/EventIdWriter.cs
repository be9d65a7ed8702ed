using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.LoadTest.Events;

/// <summary>
/// Writes the ids of a run's events. The same number of the same run always has the same id, so that a repeated run
/// repeats itself. A run whose id ends with its start, as generated ones do, has UUIDs of version 7, as good clients
/// send them; one with a name of its own has ids of this name and the number.
/// </summary>
internal sealed class EventIdWriter
{
    /// <summary>The form of the start at the end of a run id.</summary>
    public const string StartForm = "yyyyMMdd'T'HHmmssfff";

    private const int StartLength = 18;

    /// <summary>The ids of a millisecond: those of a client that sends about as many.</summary>
    private const int PerMillisecond = 10;

    private const int NumberDigitsMax = 20;

    private readonly byte[] _name;
    private readonly long _startMs;
    private readonly ulong _run;

    /// <param name="runId">The run id.</param>
    public EventIdWriter(string runId)
    {
        _name = Encoding.ASCII.GetBytes($"{runId}-");
        _run = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(_name));
        var start = runId.Length < StartLength ? "" : runId[^StartLength..];
        if (DateTimeOffset.TryParseExact(
            start, StartForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var startedAt))
        {
            _startMs = startedAt.ToUnixTimeMilliseconds();
        }
    }

    /// <summary>Writes the id of an event, without quotes.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="number">The number of the event in its run, from 0.</param>
    public void Write(IBufferWriter<byte> body, long number)
    {
        if (_startMs != 0)
        {
            WriteUuid(body, number);
            return;
        }

        body.Write(_name);
        var span = body.GetSpan(NumberDigitsMax);
        number.TryFormat(span, out var digits, provider: CultureInfo.InvariantCulture);
        body.Advance(digits);
    }

    /// <summary>
    /// RFC 9562: 48 bits of time, 4 of the version, 12 here of the run; 2 of the variant, 22 of the run, 40 of the
    /// number.
    /// </summary>
    private void WriteUuid(IBufferWriter<byte> body, long number)
    {
        var timeMs = (ulong)(_startMs + (number / PerMillisecond));
        var upper = (timeMs << 16) | 0x7000 | (_run & 0xFFF);
        var lower = (2UL << 62) | ((_run >> 12 & 0x3FFFFF) << 40) | ((ulong)number & 0xFF_FFFF_FFFF);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], lower);
        Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), body.GetSpan(36), out var length);
        body.Advance(length);
    }
}
