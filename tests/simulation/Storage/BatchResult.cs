namespace Sluice.Simulation.Storage;

/// <summary>How a ledger batch ended.</summary>
/// <param name="Written">False when the session was fenced or, when asked afterwards, the batch never arrived.</param>
/// <param name="Fenced">The session's writes are over.</param>
/// <param name="Repeats">Which events were known already.</param>
internal sealed record BatchResult(bool Written, bool Fenced, IReadOnlyList<bool> Repeats);
