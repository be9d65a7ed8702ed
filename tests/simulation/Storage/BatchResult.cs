namespace Sluice.Simulation.Storage;

/// <summary>How a ledger batch ended.</summary>
/// <param name="Written">False when the session was fenced or, when asked afterwards, the batch never arrived.</param>
/// <param name="Fenced">Whether the session's writes are over.</param>
/// <param name="Entries">What became of each entry; empty if the batch was not written.</param>
internal sealed record BatchResult(bool Written, bool Fenced, IReadOnlyList<EntryResult> Entries);
