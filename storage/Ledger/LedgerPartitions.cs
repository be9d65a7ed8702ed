using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Index;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Creates the ledger's partitions before they are needed, and drops those whose time is over. The service's role owns
/// nothing, so functions of the database do both, with checks of their own.
/// </summary>
public sealed class LedgerPartitions(NpgsqlDataSource dataSource)
{
    private const int AttemptsMax = 20;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Creates what batches of an instant, the day before and the day after go to, if it doesn't exist.
    /// </summary>
    public async Task EnsureAsync(long nowMs, CancellationToken ct)
    {
        var generation = LedgerGeneration.At(nowMs);
        await using var command = dataSource.CreateCommand(
            """
            select create_ledger_day(day) from unnest($1::date[]) as day
            union all select create_event_ids(part) from unnest($2::integer[]) as part
            """);
        var today = LedgerDay.Of(nowMs);
        command.Parameters.AddWithValue((DateOnly[])[today.AddDays(-1), today, today.AddDays(1)]);
        command.Parameters.AddWithValue(
            new[]
            {
                IdPart.RunOf(generation.Before), IdPart.RunOf(generation), IdPart.RunOf(generation.After),
                IdPart.DayOf(nowMs - LedgerDay.LengthMs), IdPart.DayOf(nowMs), IdPart.DayOf(nowMs + LedgerDay.LengthMs),
            }.Select(static part => part.Number).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Checks whether a part has no ids.</summary>
    internal async Task<bool> IsEmptyAsync(IdPart part, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select not exists (select from {part.Table})");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Drops days of the ledger, generations of the ledger before blocks, and parts of the ids, each in its own
    /// transaction. Detaching locks writers out, also while it waits for a reader to end, so it waits only for an
    /// instant and tries often. What the database's own clock and <see cref="LedgerRetention"/> keep is left out.
    /// </summary>
    /// <param name="first">The oldest day to keep.</param>
    /// <param name="nowMs">The current time: what an id is looked up in is always kept.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The number of dropped days and generations.</returns>
    /// <exception cref="PostgresException">A partition has been read for 10 s.</exception>
    public async Task<int> DropAsync(DateOnly first, long nowMs, CancellationToken ct)
    {
        var generation = LedgerGeneration.At(nowMs);
        var firstMs = (long)(first.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).TotalMilliseconds;
        var firstGeneration = Math.Min(LedgerGeneration.At(firstMs).Number, generation.Before.Number);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var days = await ReadOldAsync<DateOnly>(
            connection,
            """
            select day from (select to_date(substring(c.relname from 14), 'YYYYMMDD') as day
              from pg_class c join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'ledger_block'::regclass) d
            where day < least($1::date, $2::date) and ledger_day_kept_until(day) <= clock_timestamp() order by day
            """,
            [first, LedgerDay.Of(nowMs).AddDays(-64)],
            ct);
        var generations = await ReadOldAsync<int>(
            connection,
            """
            select number from (select substring(c.relname from 9)::integer as number
              from pg_class c join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'ledger'::regclass) g
            where number < $1 and ledger_generation_kept_until(number) <= clock_timestamp() order by number
            """,
            [firstGeneration],
            ct);
        var parts = await ReadOldAsync<int>(
            connection,
            """
            select part from (
              select case substring(c.relname from 10 for 1) when 'd' then 1 else -1 end
                * substring(c.relname from 11)::integer as part
              from pg_class c join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'event_id'::regclass) p
            where (part > $1 and part < 0 or part between 1 and $2) and event_ids_kept_until(part) <= clock_timestamp()
            order by part
            """,
            [IdPart.RunOf(generation.Before).Number, IdPart.DayOf(nowMs - (34 * LedgerDay.LengthMs)).Number],
            ct);
        await DropAllAsync(connection, "select drop_event_ids($1)", parts, ct);
        await DropAllAsync(connection, "select drop_ledger_day($1)", days, ct);
        await DropAllAsync(connection, "select drop_ledger_generation($1)", generations, ct);
        return days.Count + generations.Count;
    }

    private static async Task DropAllAsync<T>(
        NpgsqlConnection connection, string drop, IReadOnlyList<T> old, CancellationToken ct)
        where T : notnull
    {
        foreach (var one in old)
        {
            for (var attempt = 1; !await TryDropAsync(connection, drop, one, attempt == AttemptsMax, ct); attempt++)
                await Task.Delay(AgainAfter, ct);
        }
    }

    /// <summary>Drops a partition; returns false if it is being read, unless this is the last attempt.</summary>
    private static async Task<bool> TryDropAsync(
        NpgsqlConnection connection, string sql, object one, bool last, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await using (var wait = new NpgsqlCommand("set local lock_timeout = '100ms'", connection))
                await wait.ExecuteNonQueryAsync(ct);
            await using (var drop = new NpgsqlCommand(sql, connection))
            {
                drop.Parameters.AddWithValue(one);
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

    /// <summary>Reads the partitions that a statement finds.</summary>
    private static async Task<IReadOnlyList<T>> ReadOldAsync<T>(
        NpgsqlConnection connection, string sql, object[] parameters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var old = new List<T>();
        while (await reader.ReadAsync(ct))
            old.Add(reader.GetFieldValue<T>(0));
        return old;
    }
}
