using Sluice.Metering.Leases.Holds;
using Sluice.Simulation.Edges;

namespace Sluice.Simulation.Storage;

/// <summary>One event of a batch. Only usage and commits count.</summary>
internal sealed record LedgerEntry(long EventId, EntryKind Kind, IReadOnlyList<BookedTake> Takes)
{
    /// <summary>The reservation that is made, prolonged or ended; 0 for none.</summary>
    public long HoldId { get; init; }

    /// <summary>When the reservation expires, for those that make or prolong it; Unix milliseconds.</summary>
    public long ExpiresAtMs { get; init; }

    /// <summary>
    /// For the commit of a handed-over hold: what it changes there. Null for the commit of one that was not handed over
    /// when the edge looked.
    /// </summary>
    public IReadOnlyList<HoldUse>? HoldUses { get; init; }

    /// <summary>The request behind it; for observers only.</summary>
    public SimRequest? Request { get; init; }

    public bool Counts => Kind is EntryKind.Usage or EntryKind.Commit;
}
