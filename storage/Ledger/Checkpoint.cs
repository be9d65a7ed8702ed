namespace Sluice.Storage.Ledger;

/// <summary>The accounts that a batch carries.</summary>
/// <param name="Accounts">Sorted.</param>
/// <param name="Full">Whether every account is included that has changed up to this batch.</param>
public sealed record Checkpoint(IReadOnlyList<AccountLine> Accounts, bool Full);
