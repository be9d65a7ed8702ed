using Npgsql;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Makes the ledger's partitions before they are needed. A partition is built apart and then attached, because
/// attaching does not lock out writers of the others.
/// </summary>
public sealed class LedgerPartitions(NpgsqlDataSource dataSource)
{
    /// <summary>Any number does, as long as every node uses the same.</summary>
    private const long LockNumber = 0x51_01CE_6E4E;

    /// <summary>An instant's generation, its predecessor (for look-ups) and its successor exist afterwards.</summary>
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

    /// <summary>Whether a generation has no entries.</summary>
    public async Task<bool> IsEmptyAsync(LedgerGeneration generation, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select not exists (select from {generation.Table})");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
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
