using System.IO.Compression;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Encodes the events of a batch as the body of a block, column by column. Reused across blocks; not thread-safe.
/// </summary>
/// <remarks>The format is that of <c>docs/ledger-format.md</c>.</remarks>
public sealed class BlockWriter
{
    private const int UuidLength = 36;
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 20;

    private readonly BlockBytes _payload = new();
    private readonly BlockBytes _body = new();
    private readonly BlockDictionary<(int Month, int Day)> _periods = new();
    private readonly BlockDictionary<BlockOwner> _owners = new();
    private readonly BlockDictionary<string> _members = new(StringComparer.Ordinal);
    private readonly BlockDictionary<string> _models = new(StringComparer.Ordinal);
    private readonly BlockDictionary<byte> _kinds = new();
    private readonly BlockDictionary<MetricList> _metrics = new();
    private byte[] _packed = [];

    /// <summary>Encodes events. What it returns is valid until the next call.</summary>
    /// <param name="entries">The events, in the order of their batch; at least one.</param>
    /// <param name="packs">Whether to compress; the body of many events gets about a third smaller.</param>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<LedgerEntry> entries, bool packs = false)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > BlockFormat.EventsMax)
            throw new ArgumentException($"A block has 1 to {BlockFormat.EventsMax} events.", nameof(entries));
        _payload.Clear();
        _payload.Varint((ulong)entries.Count);
        WriteTimes(entries);
        WriteDictionaries(entries);
        WriteUnits(entries);
        WriteExceptions(entries);
        WriteShares(entries);
        WriteIds(entries);
        return packs ? Pack() : Prefix();
    }

    private void WriteTimes(IReadOnlyList<LedgerEntry> entries)
    {
        var before = 0L;
        foreach (var entry in entries)
        {
            _payload.Zigzag(entry.AdmittedAtMs - before);
            before = entry.AdmittedAtMs;
        }
    }

    private void WriteDictionaries(IReadOnlyList<LedgerEntry> entries)
    {
        _periods.Clear();
        _owners.Clear();
        _members.Clear();
        _models.Clear();
        _kinds.Clear();
        _metrics.Clear();
        foreach (var entry in entries)
        {
            _periods.Add((entry.Month, entry.Day));
            _owners.Add(new BlockOwner(entry.TenantId, entry.ProjectId, entry.SeatId, entry.KeyId));
            _members.Add(entry.Member);
            _models.Add(entry.Model);
            _kinds.Add((byte)entry.Kind);
            _metrics.Add(MetricList.Of(entry.Charge));
        }

        _periods.WriteTo(_payload, static (bytes, period) =>
        {
            bytes.Varint((ulong)period.Month);
            bytes.Varint((ulong)period.Day);
        });
        _owners.WriteTo(_payload, static (bytes, owner) =>
        {
            bytes.Varint((ulong)owner.TenantId);
            bytes.Varint((ulong)owner.ProjectId);
            bytes.Varint((ulong)owner.SeatId);
            bytes.Varint((ulong)owner.KeyId);
        });
        _members.WriteTo(_payload, static (bytes, member) => bytes.Text(member));
        _models.WriteTo(_payload, static (bytes, model) => bytes.Text(model));
        _kinds.WriteTo(_payload, static (bytes, kind) => bytes.Byte(kind));
        _metrics.WriteTo(_payload, static (bytes, metrics) =>
        {
            bytes.Varint((ulong)metrics.Count);
            for (var line = 0; line < metrics.Count; line++)
                bytes.Byte((byte)metrics[line].Value);
        });
    }

    private void WriteUnits(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            for (var line = 0; line < entry.Charge.Count; line++)
                _payload.Varint((ulong)entry.Charge.UnitsAt(line));
        }
    }

    /// <summary>Writes what few events have: lines without a price, another time of use, an expiry.</summary>
    private void WriteExceptions(IReadOnlyList<LedgerEntry> entries)
    {
        WriteSparse(entries, static entry => entry.UnpricedMask);
        WriteSparse(entries, static entry => entry.AtMs - entry.AdmittedAtMs);
        WriteSparse(entries, static entry => entry.ExpiresAtMs == 0 ? 0 : entry.ExpiresAtMs - entry.AdmittedAtMs);
    }

    /// <summary>
    /// Writes the shares of the few events that have some, each as its counter's number and its units.
    /// </summary>
    private void WriteShares(IReadOnlyList<LedgerEntry> entries)
    {
        var count = 0;
        foreach (var entry in entries)
        {
            if (entry.Shares.Count > 0)
                count++;
        }

        _payload.Varint((ulong)count);
        var next = 0;
        for (var i = 0; i < entries.Count && count > 0; i++)
        {
            var shares = entries[i].Shares;
            if (shares.Count == 0)
                continue;
            _payload.Varint((ulong)(i - next));
            next = i + 1;
            _payload.Varint((ulong)shares.Count);
            foreach (var share in shares)
            {
                var line = ((int)share.Scope * Charge.LinesMax) + share.Line;
                _payload.Byte((byte)((line * BlockFormat.Periods) + (int)share.Period));
                _payload.Varint((ulong)share.Units);
            }
        }
    }

    private void WriteSparse(IReadOnlyList<LedgerEntry> entries, Func<LedgerEntry, long> valueOf)
    {
        var count = 0;
        foreach (var entry in entries)
        {
            if (valueOf(entry) != 0)
                count++;
        }

        _payload.Varint((ulong)count);
        var next = 0;
        for (var i = 0; i < entries.Count && count > 0; i++)
        {
            if (valueOf(entries[i]) is not (not 0 and var value))
                continue;
            _payload.Varint((ulong)(i - next));
            _payload.Zigzag(value);
            next = i + 1;
        }
    }

    private void WriteIds(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (OwnId.TryParse(entry.EventId, out var own) && own == entry.Id)
            {
                _payload.Byte((byte)EventIdForm.Own);
                _payload.Uuid(own);
                _payload.Int64(entry.Fingerprint);
                continue;
            }

            var isUuid = TryReadUuid(entry.EventId, out var uuid);
            _payload.Byte((byte)(isUuid ? EventIdForm.Uuid : EventIdForm.Text));
            _payload.Uuid(entry.Id);
            _payload.Int64(entry.Fingerprint);
            if (isUuid)
                _payload.Uuid(uuid);
            else
                _payload.Text(entry.EventId);
        }
    }

    private ReadOnlyMemory<byte> Prefix()
    {
        _body.Clear();
        _body.Byte(BlockFormat.Version);
        _body.Byte(BlockFormat.Plain);
        _body.Raw(_payload.Written);
        return _body.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Pack()
    {
        var most = BrotliEncoder.GetMaxCompressedLength(_payload.Written.Length);
        if (_packed.Length < most)
            _packed = new byte[most];
        if (!BrotliEncoder.TryCompress(_payload.Written, _packed, out var length, BrotliQuality, BrotliWindow)
            || length >= _payload.Written.Length)
        {
            return Prefix();
        }

        _body.Clear();
        _body.Byte(BlockFormat.Version);
        _body.Byte(BlockFormat.Brotli);
        _body.Varint((ulong)_payload.Written.Length);
        _body.Raw(_packed.AsSpan(0, length));
        return _body.WrittenMemory;
    }

    /// <summary>Reads a text that is exactly what the UUID is written as again.</summary>
    private static bool TryReadUuid(string text, out Guid uuid)
    {
        uuid = default;
        if (text.Length != UuidLength || text.AsSpan().ContainsAnyInRange('A', 'Z'))
            return false;
        return Guid.TryParseExact(text, "D", out uuid);
    }
}
