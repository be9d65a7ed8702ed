using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.TestSupport.Ledger;

namespace Sluice.EndToEnd.Audits;

/// <summary>Reads the ledger with SQL.</summary>
internal static class LedgerReader
{
    /// <summary>Returns the whole ledger, in the order of its batches.</summary>
    public static async Task<IReadOnlyList<LedgerRow>> ReadAsync(string connectionString, CancellationToken ct) =>
        await LedgerRows.QueryAsync(
            connectionString,
            """
            select event_id, key_id, kind, coalesce(units[array_position(metrics, $1)], 0) from ledger
            order by session_id, batch
            """,
            static row => new LedgerRow(
                row.GetString(0), IdText.Format(IdText.Key, row.GetInt64(1)), row.GetInt16(2), row.GetInt64(3)),
            ct,
            MetricId.TextTokens.Value);
}
