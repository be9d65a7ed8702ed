namespace Sluice.Storage.Ledger;

/// <summary>The accounts and sums that a batch carries.</summary>
/// <param name="Accounts">Sorted.</param>
/// <param name="Rollups">Sorted; empty unless <paramref name="Full"/>.</param>
/// <param name="Full">Whether everything up to this batch is included, so that the ledger need not be read again for
/// it.</param>
public sealed record Checkpoint(IReadOnlyList<AccountLine> Accounts, IReadOnlyList<RollupLine> Rollups, bool Full);
