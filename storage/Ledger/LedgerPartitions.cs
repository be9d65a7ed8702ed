using Npgsql;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Creates the ledger's partitions before they are needed. A partition is created separately and then attached, because
/// attaching does not lock out writers of the others.
/// </summary>
public sealed class LedgerPartitions(NpgsqlDataSource dataSource)
{
    /// <summary>The number of an advisory lock: arbitrary, but the same on every node.</summary>
    private const long LockNumber = 0x51_01CE_6E4E;

    /// <summary>Creates a generation, its predecessor (for lookups) and its successor if they don't exist.</summary>
    public async Task EnsureAsync(LedgerGeneration generation, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({LockNumber})", ct);
        foreach (var wanted in (LedgerGeneration[])[generation.Before, generation, generation.After])
        {
            if (!await ExistsAsync(connection, wanted, ct))
                await CreateAsync(connection, wanted, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Checks whether a generation has no entries.</summary>
    public async Task<bool> IsEmptyAsync(LedgerGeneration generation, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select not exists (select from {generation.Table})");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Drops whole generations, each in its own transaction. Detaching locks writers out for an instant, so it waits no
    /// longer than that for them and is retried later.
    /// </summary>
    /// <param name="first">The oldest generation to keep.</param>
    /// <param name="present">The current generation: it and its predecessor, in which ids are looked up, are always
    /// kept.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The number of dropped generations.</returns>
    public async Task<int> DropAsync(LedgerGeneration first, LedgerGeneration present, CancellationToken ct)
    {
        var keep = Math.Min(first.Number, present.Before.Number);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var old = new List<LedgerGeneration>();
        await using (var command = new NpgsqlCommand(
            "select substring(relname from 9)::integer from pg_class c join pg_inherits i on i.inhrelid = c.oid "
            + "where i.inhparent = 'ledger'::regclass and relname ~ '^ledger_g[0-9]+$'", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetInt32(0) < keep)
                    old.Add(new LedgerGeneration(reader.GetInt32(0)));
            }
        }

        foreach (var generation in old)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await ExecuteAsync(connection, "set local lock_timeout = '2s'", ct);
            await ExecuteAsync(connection, $"alter table ledger detach partition {generation.Table}", ct);
            await ExecuteAsync(connection, $"drop table {generation.Table}", ct);
            await transaction.CommitAsync(ct);
        }

        return old.Count;
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, LedgerGeneration g, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        command.Parameters.AddWithValue(g.Table);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static Task CreateAsync(NpgsqlConnection connection, LedgerGeneration g, CancellationToken ct) =>
        ExecuteAsync(
            connection,
            $"""
             create table {g.Table} (like ledger including defaults including constraints);
             create unique index {g.Table}_id on {g.Table} (id);
             create index {g.Table}_tail on {g.Table} using brin (session_id, batch) with (autosummarize = on);
             alter table ledger attach partition {g.Table} for values in ({g.Number});
             """,
            ct);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
