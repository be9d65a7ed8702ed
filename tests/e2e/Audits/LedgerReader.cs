using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.EndToEnd.Audits;

/// <summary>Reads the ledger with SQL.</summary>
internal static class LedgerReader
{
    /// <summary>Returns the whole ledger, in the order of its batches.</summary>
    public static async Task<IReadOnlyList<LedgerRow>> ReadAsync(string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(
            """
            select event_id, key_id, kind, coalesce(units[array_position(metrics, $1)], 0) from ledger
            order by session_id, batch
            """);
        command.Parameters.AddWithValue(MetricId.TextTokens.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<LedgerRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new LedgerRow(
                reader.GetString(0),
                IdText.Format(IdText.Key, reader.GetInt64(1)),
                reader.GetInt16(2),
                reader.GetInt64(3)));
        }

        return rows;
    }
}
