namespace Sluice.Simulation.Storage;

/// <summary>One event of a batch. A reservation is written too, but counts nothing.</summary>
internal sealed record LedgerEntry(long EventId, bool Counts, IReadOnlyList<BookedTake> Takes);
