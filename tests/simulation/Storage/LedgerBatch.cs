using Sluice.Metering.Identity;

namespace Sluice.Simulation.Storage;

/// <summary>The content of one edge's transaction: events, and the accounts that it brings up to date.</summary>
internal sealed record LedgerBatch(
    SessionId Session,
    long Number,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyList<AccountBase> Accounts);
