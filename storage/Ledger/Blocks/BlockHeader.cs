using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>The place of a block in the ledger, and what its row says about the body.</summary>
/// <param name="Session">The session that wrote it.</param>
/// <param name="Batch">The number of the batch in its session, from 1.</param>
/// <param name="FirstAtMs">The earliest admission in it, Unix milliseconds.</param>
/// <param name="LastAtMs">The latest admission in it, Unix milliseconds.</param>
/// <param name="Count">The number of events.</param>
public readonly record struct BlockHeader(SessionId Session, long Batch, long FirstAtMs, long LastAtMs, int Count)
{
    /// <summary>Describes a batch.</summary>
    /// <param name="session">The session.</param>
    /// <param name="batch">The number of the batch.</param>
    /// <param name="entries">Its events; at least one.</param>
    public static BlockHeader Of(SessionId session, long batch, IReadOnlyList<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            throw new ArgumentException("A block has at least one event.", nameof(entries));
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var entry in entries)
        {
            first = Math.Min(first, entry.AdmittedAtMs);
            last = Math.Max(last, entry.AdmittedAtMs);
        }

        return new BlockHeader(session, batch, first, last, entries.Count);
    }
}
