using System.Runtime.CompilerServices;
using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Rows;

/// <summary>Reads usage of the ledger before blocks.</summary>
internal static class RowReader
{
    private const string Select =
        """
        select session_id, batch, kind, tenant_id, project_id, seat_id, key_id, member, model, at, admitted_at, month,
          day, metrics, units, unpriced
        from ledger
        """;

    /// <summary>Reads what a session has counted after a batch.</summary>
    public static IAsyncEnumerable<(SessionId Session, long Batch, LedgerEntry Entry)> TailAsync(
        NpgsqlConnection connection, SessionId session, long after, CancellationToken ct) => ReadAsync(
        connection, $"{Select} where session_id = $1 and batch > $2 and kind in (0, 1, 3)", [session.Value, after], ct);

    /// <summary>Reads what counts in a month.</summary>
    public static IAsyncEnumerable<(SessionId Session, long Batch, LedgerEntry Entry)> MonthAsync(
        NpgsqlConnection connection, int month, CancellationToken ct) => ReadAsync(
        connection, $"{Select} where month = $1 and kind in (0, 1, 3)", [month], ct);

    private static async IAsyncEnumerable<(SessionId Session, long Batch, LedgerEntry Entry)> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        object[] parameters,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = 0;
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return (new SessionId(reader.GetInt64(0)), reader.GetInt64(1), EntryOf(reader));
    }

    private static LedgerEntry EntryOf(NpgsqlDataReader row)
    {
        var entry = new LedgerEntry
        {
            Kind = (EntryKind)row.GetInt16(2),
            TenantId = row.GetInt64(3),
            ProjectId = row.GetInt64(4),
            SeatId = row.GetInt64(5),
            KeyId = row.GetInt64(6),
            Member = row.GetString(7),
            Model = row.GetString(8),
            AtMs = new DateTimeOffset(row.GetDateTime(9)).ToUnixTimeMilliseconds(),
            AdmittedAtMs = new DateTimeOffset(row.GetDateTime(10)).ToUnixTimeMilliseconds(),
            Month = row.GetInt32(11),
            Day = row.GetInt32(12),
            UnpricedMask = row.GetInt32(15),
            Charge = new Charge(),
        };
        var (metrics, units) = (row.GetFieldValue<short[]>(13), row.GetFieldValue<long[]>(14));
        for (var line = 0; line < metrics.Length; line++)
            entry.Charge.Add(new MetricId(metrics[line]), units[line]);
        return entry;
    }
}
