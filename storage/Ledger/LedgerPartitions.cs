using Npgsql;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Creates the ledger's partitions before they are needed, and drops those whose time is over. The service's role owns
/// nothing, so functions of the database do both, with checks of their own.
/// </summary>
public sealed class LedgerPartitions(NpgsqlDataSource dataSource)
{
    private const int AttemptsMax = 20;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates a generation, its predecessor (for lookups) and its successor if they don't exist.</summary>
    public async Task EnsureAsync(LedgerGeneration generation, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select create_ledger_generation(number) from generate_series($1::integer, $2) as number order by number");
        command.Parameters.AddWithValue(generation.Before.Number);
        command.Parameters.AddWithValue(generation.After.Number);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Checks whether a generation has no entries.</summary>
    public async Task<bool> IsEmptyAsync(LedgerGeneration generation, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select not exists (select from {generation.Table})");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Drops whole generations, each in its own transaction. Detaching locks writers out, also while it waits for a
    /// reader to end, so it waits only for an instant and tries often. Generations that the database's own clock and
    /// <see cref="LedgerRetention"/> keep are left out.
    /// </summary>
    /// <param name="first">The oldest generation to keep.</param>
    /// <param name="present">The current generation: it and its predecessor, in which ids are looked up, are always
    /// kept.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The number of dropped generations.</returns>
    /// <exception cref="PostgresException">A generation has been read for 10 s.</exception>
    public async Task<int> DropAsync(LedgerGeneration first, LedgerGeneration present, CancellationToken ct)
    {
        var keep = Math.Min(first.Number, present.Before.Number);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var old = await ReadOldAsync(connection, keep, ct);
        foreach (var number in old)
        {
            for (var attempt = 1; !await TryDropAsync(connection, number, attempt == AttemptsMax, ct); attempt++)
                await Task.Delay(AgainAfter, ct);
        }

        return old.Count;
    }

    /// <summary>Drops a generation; returns false if it is being read, unless this is the last attempt.</summary>
    private static async Task<bool> TryDropAsync(
        NpgsqlConnection connection, int number, bool last, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await using (var wait = new NpgsqlCommand("set local lock_timeout = '100ms'", connection))
                await wait.ExecuteNonQueryAsync(ct);
            await using (var drop = new NpgsqlCommand("select drop_ledger_generation($1)", connection))
            {
                drop.Parameters.AddWithValue(number);
                await drop.ExecuteNonQueryAsync(ct);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && !last)
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Reads the generations before <paramref name="keep"/> that the database lets go.</summary>
    private static async Task<IReadOnlyList<int>> ReadOldAsync(
        NpgsqlConnection connection, int keep, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select number from (
              select substring(c.relname from 9)::integer as number
              from pg_class c join pg_inherits i on i.inhrelid = c.oid
              where i.inhparent = 'ledger'::regclass and c.relname ~ '^ledger_g[0-9]+$') as partition
            where number < $1 and ledger_generation_kept_until(number) <= clock_timestamp()
            order by number
            """,
            connection);
        command.Parameters.AddWithValue(keep);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var old = new List<int>();
        while (await reader.ReadAsync(ct))
            old.Add(reader.GetInt32(0));
        return old;
    }
}
