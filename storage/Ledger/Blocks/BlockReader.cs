using System.IO.Compression;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Decodes the bodies of blocks.</summary>
/// <remarks>The format is that of <c>docs/ledger-format.md</c>.</remarks>
public static class BlockReader
{
    /// <summary>A column of a block: its values, and that of each event.</summary>
    private readonly record struct Column<T>(IReadOnlyList<T> Values, IReadOnlyList<int>? Indexes)
    {
        public T this[int index] => Values[Indexes is null ? 0 : Indexes[index]];
    }

    private delegate T ReadValue<out T>(ref BlockCursor cursor);

    /// <summary>Decodes the events of a block, in the order of their batch.</summary>
    /// <exception cref="BlockFormatException">The body does not follow the format.</exception>
    public static IReadOnlyList<LedgerEntry> Read(ReadOnlySpan<byte> body)
    {
        var cursor = new BlockCursor(body);
        var version = cursor.Byte();
        if (version is not (BlockFormat.Version or BlockFormat.VersionBefore))
            throw cursor.Broken($"version {version} is not known.");
        var hasShares = version == BlockFormat.Version;
        switch (cursor.Byte())
        {
            case BlockFormat.Plain:
                return ReadPayload(cursor.Take(cursor.Left), hasShares);
            case BlockFormat.Brotli:
                var length = cursor.UpTo(BlockFormat.PayloadMax, "the length of the payload");
                return ReadPayload(Unpack(cursor.Take(cursor.Left), length, cursor.Offset), hasShares);
            default:
                throw cursor.Broken("the packing is not known.");
        }
    }

    private static byte[] Unpack(ReadOnlySpan<byte> packed, int length, int offset)
    {
        // Grows with what is really there, so that a false length costs no memory.
        using var input = new MemoryStream(packed.ToArray());
        using var unpacking = new BrotliStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        var part = new byte[1 << 14];
        try
        {
            for (int read; (read = unpacking.Read(part)) > 0;)
            {
                if (output.Length + read > length)
                    throw new BlockFormatException(offset, "the payload is longer than it says.");
                output.Write(part.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new BlockFormatException(offset, "the payload can't be unpacked.");
        }

        return output.Length == length
            ? output.ToArray()
            : throw new BlockFormatException(offset, "the payload is shorter than it says.");
    }

    private static LedgerEntry[] ReadPayload(ReadOnlySpan<byte> payload, bool hasShares)
    {
        var cursor = new BlockCursor(payload);
        // Each event takes more than a byte, so that what is left bounds their number.
        var count = cursor.UpTo(Math.Min(cursor.Left, BlockFormat.EventsMax), "the number of events");
        if (count == 0)
            throw cursor.Broken("there is no event.");
        var entries = new LedgerEntry[count];
        ReadTimes(ref cursor, entries);
        var metrics = ReadDictionaries(ref cursor, entries);
        for (var i = 0; i < count; i++)
        {
            for (var line = 0; line < metrics[i].Count; line++)
                entries[i].Charge.Add(metrics[i][line], cursor.Natural());
        }

        ReadSparse(ref cursor, entries, static (entry, value) => entry.UnpricedMask = unchecked((int)value));
        ReadSparse(ref cursor, entries, static (entry, value) => entry.AtMs = unchecked(entry.AdmittedAtMs + value));
        ReadSparse(
            ref cursor, entries, static (entry, value) => entry.ExpiresAtMs = unchecked(entry.AdmittedAtMs + value));
        if (hasShares)
            ReadShares(ref cursor, entries);
        foreach (var entry in entries)
            ReadIds(ref cursor, entry);
        return cursor.Left == 0 ? entries : throw cursor.Broken("something follows the last event.");
    }

    private static void ReadTimes(ref BlockCursor cursor, LedgerEntry[] entries)
    {
        var at = 0L;
        for (var i = 0; i < entries.Length; i++)
        {
            at = unchecked(at + cursor.Zigzag());
            entries[i] = new LedgerEntry { AdmittedAtMs = at, AtMs = at, Charge = new Charge() };
        }
    }

    private static Column<MetricList> ReadDictionaries(ref BlockCursor cursor, LedgerEntry[] entries)
    {
        var periods = ReadColumn(ref cursor, entries.Length, static (ref cursor) =>
            (cursor.UpTo(int.MaxValue, "a month"), cursor.UpTo(int.MaxValue, "a day")));
        var owners = ReadColumn(ref cursor, entries.Length, static (ref cursor) =>
            new BlockOwner(cursor.Natural(), cursor.Natural(), cursor.Natural(), cursor.Natural()));
        var members = ReadColumn(ref cursor, entries.Length, static (ref cursor) => cursor.Text());
        var models = ReadColumn(ref cursor, entries.Length, static (ref cursor) => cursor.Text());
        var kinds = ReadColumn(ref cursor, entries.Length, static (ref cursor) => ReadKind(ref cursor));
        var metrics = ReadColumn(ref cursor, entries.Length, static (ref cursor) => ReadMetrics(ref cursor));
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            (entry.Month, entry.Day) = periods[i];
            (entry.TenantId, entry.ProjectId, entry.SeatId, entry.KeyId) = owners[i];
            (entry.Member, entry.Model, entry.Kind) = (members[i], models[i], kinds[i]);
        }

        return metrics;
    }

    private static Column<T> ReadColumn<T>(ref BlockCursor cursor, int events, ReadValue<T> read)
    {
        var values = new T[cursor.UpTo(Math.Min(events, cursor.Left), "the number of values")];
        if (values.Length == 0)
            throw cursor.Broken("a column has no value.");
        for (var i = 0; i < values.Length; i++)
            values[i] = read(ref cursor);
        if (values.Length == 1)
            return new Column<T>(values, null);
        var indexes = new int[events];
        for (var i = 0; i < events; i++)
            indexes[i] = cursor.UpTo(values.Length - 1, "the number of a value");
        return new Column<T>(values, indexes);
    }

    private static EntryKind ReadKind(ref BlockCursor cursor)
    {
        var kind = (EntryKind)cursor.Byte();
        return Enum.IsDefined(kind) ? kind : throw cursor.Broken($"kind {(byte)kind} is not known.");
    }

    private static MetricList ReadMetrics(ref BlockCursor cursor)
    {
        var list = new MetricList(0, 0);
        var count = cursor.UpTo(Charge.LinesMax, "the number of metrics");
        for (var line = 0; line < count; line++)
            list = list.With(cursor.Byte());
        return list;
    }

    private static void ReadSparse(ref BlockCursor cursor, LedgerEntry[] entries, Action<LedgerEntry, long> set)
    {
        var count = cursor.UpTo(entries.Length, "the number of exceptions");
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            position += cursor.UpTo(entries.Length - 1 - position, "the position of an exception");
            set(entries[position], cursor.Zigzag());
            position++;
        }
    }

    private static void ReadShares(ref BlockCursor cursor, LedgerEntry[] entries)
    {
        var count = cursor.UpTo(entries.Length, "the number of events with shares");
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            position += cursor.UpTo(entries.Length - 1 - position, "the position of an event with shares");
            var entry = entries[position];
            for (var left = cursor.UpTo(BlockFormat.SharesMax, "the number of shares"); left > 0; left--)
                entry.Shares.Add(ReadShare(ref cursor, entry.Charge.Count));
            position++;
        }
    }

    private static EntryShare ReadShare(ref BlockCursor cursor, int lines)
    {
        var number = cursor.Byte();
        var (counter, period) = Math.DivRem(number, (byte)BlockFormat.Periods);
        var (scope, line) = Math.DivRem(counter, (byte)Charge.LinesMax);
        if (scope >= BlockFormat.Scopes || line >= lines)
            throw cursor.Broken($"counter {number} of a share is not one of its event.");
        return new EntryShare((ScopeKind)scope, line, (PeriodKind)period, cursor.Natural());
    }

    private static void ReadIds(ref BlockCursor cursor, LedgerEntry entry)
    {
        var form = (EventIdForm)cursor.Byte();
        entry.Id = cursor.Uuid();
        entry.Fingerprint = cursor.Int64();
        if (form == EventIdForm.Own)
            entry.Key = entry.Key with { IsUnique = true };
        entry.EventId = form switch
        {
            EventIdForm.Own => OwnId.Format(entry.Id),
            EventIdForm.Text => cursor.Text(),
            EventIdForm.Uuid => cursor.Uuid().ToString("D"),
            _ => throw cursor.Broken($"the form {(byte)form} of an id is not known."),
        };
    }
}
