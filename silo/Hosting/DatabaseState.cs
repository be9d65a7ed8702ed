namespace Sluice.Silo.Hosting;

/// <summary>A database that is ready for a node.</summary>
/// <param name="Applied">The number of migrations that were applied just now.</param>
/// <param name="IsHistoryProtected">Whether the node's role can't change events, audit entries and statements.</param>
/// <param name="LedgerDays">For how many days the database keeps events, whatever a node asks for.</param>
internal sealed record DatabaseState(int Applied, bool IsHistoryProtected, int LedgerDays);
