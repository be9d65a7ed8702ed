namespace Sluice.Storage.Ledger;

/// <summary>Accounts and sums that a batch carries along.</summary>
/// <param name="Accounts">Sorted.</param>
/// <param name="Rollups">Sorted; empty unless <paramref name="Full"/>.</param>
/// <param name="Full">Everything up to this batch is included, so the ledger need not be read again for it.</param>
public sealed record Checkpoint(IReadOnlyList<AccountLine> Accounts, IReadOnlyList<RollupLine> Rollups, bool Full);
