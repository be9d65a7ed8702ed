using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger;

/// <summary>What one session writes to: batches of events, and usage sums behind them.</summary>
/// <param name="Batches">Used by one loop.</param>
/// <param name="Sums">Used by another.</param>
/// <param name="Labels">The labels that bound the sums.</param>
public sealed record SessionLedger(LedgerConnection Batches, SumConnection Sums, LabelStore Labels)
{
    /// <param name="source">The connections of the ledger.</param>
    /// <param name="partitions">Creates what a batch is written to.</param>
    /// <param name="session">The session.</param>
    public static SessionLedger Of(NpgsqlDataSource source, LedgerPartitions partitions, SessionId session) =>
        new(
            new LedgerConnection(source, partitions, session),
            new SumConnection(source, session),
            new LabelStore(source));
}
