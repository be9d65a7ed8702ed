using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Encodes ledger rows for PostgreSQL's binary COPY, straight into one buffer that is reused across batches. The format
/// is that of PostgreSQL's documentation of COPY, "Binary Format"; the columns are all of the table, in its order:
/// generation, id, event_id, kind, session_id, batch, tenant_id, project_id, seat_id, key_id, member, model, at,
/// admitted_at, month, day, metrics, units, unpriced, fingerprint, expires_at.
/// </summary>
internal sealed class CopyBuffer
{
    private const short ColumnCount = 21;
    private const int Int2Oid = 21;
    private const int Int8Oid = 20;

    /// <summary>Microseconds from PostgreSQL's epoch, 2000-01-01, to the Unix epoch.</summary>
    private const long EpochShiftMicros = 946_684_800_000_000;

    private static readonly byte[] Header =
        [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    public int Rows { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Start()
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(Header);
        Rows = 0;
    }

    public void Finish() => Short(-1);

    public void Add(LedgerEntry entry, LedgerGeneration generation, SessionId session, long batch)
    {
        Short(ColumnCount);
        Int(generation.Number);
        Uuid(entry.Id);
        Text(entry.EventId);
        ShortColumn((short)entry.Kind);
        Long(session.Value);
        Long(batch);
        Long(entry.TenantId);
        Long(entry.ProjectId);
        Long(entry.SeatId);
        Long(entry.KeyId);
        Text(entry.Member);
        Text(entry.Model);
        Instant(entry.AtMs);
        Instant(entry.AdmittedAtMs);
        Int(entry.Month);
        Int(entry.Day);
        Metrics(entry);
        Units(entry);
        Int(entry.UnpricedMask);
        Long(entry.Fingerprint);
        if (entry.ExpiresAtMs == 0)
            Length(-1);
        else
            Instant(entry.ExpiresAtMs);
        Rows++;
    }

    private void Metrics(LedgerEntry entry)
    {
        var count = entry.Charge.Count;
        ArrayHead(count, Int2Oid, (4 + 2) * count);
        for (var i = 0; i < count; i++)
            ShortColumn(entry.Charge.MetricAt(i).Value);
    }

    private void Units(LedgerEntry entry)
    {
        var count = entry.Charge.Count;
        ArrayHead(count, Int8Oid, (4 + 8) * count);
        for (var i = 0; i < count; i++)
            Long(entry.Charge.UnitsAt(i));
    }

    private void ArrayHead(int count, int elementOid, int elementBytes)
    {
        Length(12 + (count > 0 ? 8 : 0) + elementBytes);
        Length(count > 0 ? 1 : 0);
        Length(0);
        Length(elementOid);
        if (count == 0)
            return;
        Length(count);
        Length(1);
    }

    private void Instant(long ms) => Long((ms * 1_000) - EpochShiftMicros);

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Length(bytes);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(bytes));
        _bytes.Advance(bytes);
    }

    private void Uuid(Guid id)
    {
        Length(16);
        id.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _);
        _bytes.Advance(16);
    }

    private void Long(long value)
    {
        var span = _bytes.GetSpan(12);
        BinaryPrimitives.WriteInt32BigEndian(span, 8);
        BinaryPrimitives.WriteInt64BigEndian(span[4..], value);
        _bytes.Advance(12);
    }

    private void Int(int value)
    {
        var span = _bytes.GetSpan(8);
        BinaryPrimitives.WriteInt32BigEndian(span, 4);
        BinaryPrimitives.WriteInt32BigEndian(span[4..], value);
        _bytes.Advance(8);
    }

    private void ShortColumn(short value)
    {
        Length(2);
        Short(value);
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
    }

    private void Length(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), bytes);
        _bytes.Advance(4);
    }
}
