using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.TestSupport.Ledger;

/// <summary>Lets SQL ask the ledger: the events of all blocks are rows of a table <c>ledger</c> of the query.</summary>
public static class LedgerRows
{
    private const string Table =
        """
        ledger as (select * from jsonb_to_recordset($events::jsonb) as l(session_id bigint, batch bigint, id uuid,
          event_id text, kind smallint, tenant_id bigint, project_id bigint, seat_id bigint, key_id bigint, member text,
          model text, at timestamptz, admitted_at timestamptz, month integer, day integer, metrics smallint[],
          units bigint[], unpriced integer, fingerprint bigint))
        """;

    /// <summary>Runs a query.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="sql">The query; it may begin with a <c>with</c> of its own.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="ct">Cancels the queries.</param>
    /// <param name="values">The parameters, from <c>$1</c>.</param>
    public static async Task<List<T>> QueryAsync<T>(
        string connectionString,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct,
        params object[] values)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(values);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(ct);
        var events = await ReadAsync(connection, ct);
        var rest = sql.TrimStart();
        var begin = rest.StartsWith("with ", StringComparison.Ordinal) ? $", {rest[5..]}" : $" {rest}";
        await using var command = new NpgsqlCommand(
            $"with {Table.Replace("$events", $"${values.Length + 1}", StringComparison.Ordinal)}{begin}", connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.Add(new NpgsqlParameter { Value = events, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a query with one row and one column.</summary>
    public static async Task<T> ScalarAsync<T>(
        string connectionString, string sql, CancellationToken ct, params object[] values)
    {
        var rows = await QueryAsync(
            connectionString, sql, static row => row.IsDBNull(0) ? default : row.GetFieldValue<T>(0), ct, values);
        return rows.Count > 0 ? rows[0]! : default!;
    }

    /// <summary>Changes the events of all blocks, as no program would. Digests are left as they are.</summary>
    /// <param name="connectionString">The database, as its owner.</param>
    /// <param name="change">Changes an event.</param>
    /// <param name="ct">Cancels the queries.</param>
    public static async Task RewriteAsync(string connectionString, Action<LedgerEntry> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(ct);
        var writer = new BlockWriter();
        foreach (var (session, batch, body) in await BodiesAsync(connection, ct))
        {
            var entries = BlockReader.Read(body);
            foreach (var entry in entries)
                change(entry);
            await using var update = new NpgsqlCommand(
                "update ledger_block set body = $1 where session_id = $2 and batch = $3", connection);
            update.Parameters.AddWithValue(writer.Write(entries).ToArray());
            update.Parameters.AddWithValue(session);
            update.Parameters.AddWithValue(batch);
            await update.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<List<(long Session, long Batch, byte[] Body)>> BodiesAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select session_id, batch, body from ledger_block order by session_id, batch", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var bodies = new List<(long Session, long Batch, byte[] Body)>();
        while (await reader.ReadAsync(ct))
            bodies.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return bodies;
    }

    private static async Task<string> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var events = new List<object>();
        foreach (var (session, batch, body) in await BodiesAsync(connection, ct))
        {
            foreach (var entry in BlockReader.Read(body))
                events.Add(RowOf(session, batch, entry));
        }

        return JsonSerializer.Serialize(events);
    }

    private static object RowOf(long session, long batch, LedgerEntry entry) => new
    {
        session_id = session,
        batch,
        id = entry.Id,
        event_id = entry.EventId,
        kind = (short)entry.Kind,
        tenant_id = entry.TenantId,
        project_id = entry.ProjectId,
        seat_id = entry.SeatId,
        key_id = entry.KeyId,
        member = entry.Member,
        model = entry.Model,
        at = DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs),
        admitted_at = DateTimeOffset.FromUnixTimeMilliseconds(entry.AdmittedAtMs),
        month = entry.Month,
        day = entry.Day,
        metrics = Enumerable.Range(0, entry.Charge.Count).Select(line => entry.Charge.MetricAt(line).Value),
        units = Enumerable.Range(0, entry.Charge.Count).Select(entry.Charge.UnitsAt),
        unpriced = entry.UnpricedMask,
        fingerprint = entry.Fingerprint,
    };
}
