using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// What a reader can tell of a block without its body: 16 bits for each tenant, project, seat and key that has an event
/// in it. A block without the mark of a key has no event of that key; one with it may have.
/// </summary>
internal static class BlockMarks
{
    /// <summary>Maximum marks of a block; one with more has none, and may have events of anything.</summary>
    public const int Max = 1_024;

    private const int BitsOfMark = 16;

    /// <summary>Returns the mark of a scope.</summary>
    public static short Of(ScopeKind kind, long id)
    {
        var folded = (ulong)id;
        folded ^= folded >> (2 * BitsOfMark);
        folded ^= folded >> BitsOfMark;
        return unchecked((short)(folded + ((ulong)kind << (BitsOfMark - 2))));
    }

    /// <summary>Returns the marks of events, sorted; null if there are too many.</summary>
    public static short[]? Of(IReadOnlyList<LedgerEntry> entries)
    {
        var marks = new HashSet<short>();
        foreach (var entry in entries)
        {
            marks.Add(Of(ScopeKind.Tenant, entry.TenantId));
            marks.Add(Of(ScopeKind.Key, entry.KeyId));
            if (entry.ProjectId != 0)
                marks.Add(Of(ScopeKind.Project, entry.ProjectId));
            if (entry.SeatId != 0)
                marks.Add(Of(ScopeKind.Seat, entry.SeatId));
            if (marks.Count > Max)
                return null;
        }

        return [.. marks.Order()];
    }
}
