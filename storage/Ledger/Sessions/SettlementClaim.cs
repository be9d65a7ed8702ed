namespace Sluice.Storage.Ledger.Sessions;

/// <summary>What a settlement has to do.</summary>
/// <param name="Checkpoint">The last batch that the session's sums include.</param>
/// <param name="WroteRows">Whether it wrote to the ledger before blocks.</param>
/// <param name="HoldsFrom">The first batch with a reservation that may still be open.</param>
internal sealed record SettlementClaim(long Checkpoint, bool WroteRows, long HoldsFrom);
