using System.Data;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger;

/// <summary>
/// One session's connection to the ledger: one batch at a time, each a transaction that looks ids up if needed, copies
/// the rows, and finally proves that the session is alive and commits. Used by one writer loop; a failed batch leaves
/// nothing behind.
/// </summary>
/// <remarks>
/// The unique index on ids is the lookup of the current generation: a batch is copied on the assumption that it
/// contains no repeats, and started over with a lookup if that fails. While repeats arrive, ids are looked up at once.
/// </remarks>
public sealed class LedgerConnection(NpgsqlDataSource dataSource, LedgerPartitions partitions, SessionId session)
    : IAsyncDisposable
{
    /// <summary>
    /// Claims a batch number. Fails, and the commit sent with it too, if the session is fenced or another process has
    /// written its batch. From here to the commit a fence waits.
    /// </summary>
    private const string ClaimBatch =
        """
        with claimed as (
          update edge_session set batch = $2, seen_at = now()
          where id = $1 and batch = $2 - 1 and fenced_at is null returning 1)
        select 1 / count(*) from claimed
        """;

    private const string LastBatch = "select batch >= $2 from edge_session where id = $1 for update";

    private const string TakeNumber =
        "update edge_session set batch = $2 where id = $1 and batch < $2 and fenced_at is null";

    private const string FoundColumns =
        "id, event_id, kind, fingerprint, key_id, admitted_at, expires_at, model, member, metrics, units, unpriced";

    /// <summary>Maximum difference between the clocks of nodes at a generation's end.</summary>
    private const long ClockSkewMaxMs = 3_600_000;

    private readonly CopyBuffer _copy = new();
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private LedgerGeneration _generation;
    private bool _generationKnown;
    private bool _nothingBefore;

    /// <summary>
    /// Runs the steps of a batch once without events, so that the first real batch finds its connection open and its
    /// code compiled.
    /// </summary>
    public async Task WarmUpAsync(long nowMs, CancellationToken ct)
    {
        await BeginAsync([Guid.Empty], all: true, nowMs, ct);
        await CopyAsync(_connection!, 0, [], ct);
        await RollBackAsync();
    }

    /// <summary>Begins a batch and returns the entries that the ledger already has for the ids.</summary>
    /// <param name="ids">Ids that may be repeats.</param>
    /// <param name="all">Whether to search the current generation too; otherwise only the previous one.</param>
    /// <param name="nowMs">Unix milliseconds; decides the generation.</param>
    /// <param name="ct">Cancels the lookup.</param>
    public async Task<IReadOnlyList<FoundEntry>> BeginAsync(
        IReadOnlyList<Guid> ids, bool all, long nowMs, CancellationToken ct)
    {
        var connection = await ConnectAsync(ct);
        await UseGenerationAsync(LedgerGeneration.At(nowMs), nowMs, ct);

        // Costs nothing on its own: it is sent along with the first command.
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        if (ids.Count == 0 || (!all && _nothingBefore))
            return [];
        await using var commands = new NpgsqlBatch(connection, _transaction);
        commands.BatchCommands.Add(all ? LookUp(_generation, ids) : LookUpBefore(_generation, ids));
        var found = new List<FoundEntry>();
        await using var reader = await commands.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(Read(reader));
        return found;
    }

    /// <summary>Writes the rows and the checkpoint, proves that the session is alive, and commits.</summary>
    /// <exception cref="PostgresException">Unique violation: one id is a repeat; nothing was written.</exception>
    /// <exception cref="LedgerFencedException">The session has ended; nothing was written.</exception>
    /// <exception cref="CommitUnknownException">The commit was sent, but its result is unknown.</exception>
    public async Task CommitAsync(
        long batch, IReadOnlyList<LedgerEntry> entries, Checkpoint? checkpoint, CancellationToken ct)
    {
        var connection = _connection!;
        if (entries.Count > 0)
            await CopyAsync(connection, batch, entries, ct);
        await using var commands = new NpgsqlBatch(connection, _transaction);
        if (checkpoint is not null)
            CheckpointWriter.Add(commands, session, batch, checkpoint);
        commands.BatchCommands.Add(Claim(batch));
        commands.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            await commands.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw new LedgerFencedException(
                $"Session {session.Value} was fenced or is written by another process.", e);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new CommitUnknownException("The connection broke during a commit.", e);
        }

        await _transaction!.DisposeAsync();
        _transaction = null;
    }

    /// <summary>
    /// Determines for good whether a batch is on disk: if not, it never will be. Its commit may still be running at the
    /// server, in a connection that is dead on this side only; taking the number from it makes it fail.
    /// </summary>
    /// <exception cref="LedgerFencedException">The session has ended and its row no longer exists.</exception>
    public async Task<bool> SealAsync(long batch, CancellationToken ct)
    {
        await AbandonAsync();
        var connection = await ConnectAsync(ct);

        // Both statements are one transaction, as any batch without an explicit one is. The lock waits for an earlier
        // claim.
        await using var commands = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[LastBatch, TakeNumber])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch });
            commands.BatchCommands.Add(command);
        }

        return await commands.ExecuteScalarAsync(ct) is bool onDisk
            ? onDisk
            : throw new LedgerFencedException($"Session {session.Value} has no row any more.");
    }

    /// <summary>Looks ids up outside a batch.</summary>
    public static async Task<IReadOnlyList<FoundEntry>> FindAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<Guid> ids, long nowMs, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(LookUp(LedgerGeneration.At(nowMs), ids));
        var found = new List<FoundEntry>();
        await using var reader = await commands.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(Read(reader));
        return found;
    }

    /// <summary>Rolls a batch back; keeps the connection if it is intact.</summary>
    public async ValueTask RollBackAsync()
    {
        try
        {
            if (_transaction is { } transaction)
                await transaction.RollbackAsync();
            _transaction = null;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            await AbandonAsync();
        }
    }

    /// <summary>Drops the batch and the connection; PostgreSQL rolls back what was not committed.</summary>
    public async ValueTask AbandonAsync()
    {
        var (connection, transaction) = (_connection, _transaction);
        (_connection, _transaction) = (null, null);
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // The connection is broken; that is why it is dropped.
        }

        if (connection is not null)
            await connection.DisposeAsync();
    }

    public ValueTask DisposeAsync() => AbandonAsync();

    private async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        if (_connection is { State: ConnectionState.Open } open)
            return open;
        await AbandonAsync();
        return _connection = await dataSource.OpenConnectionAsync(ct);
    }

    private async ValueTask UseGenerationAsync(LedgerGeneration generation, long nowMs, CancellationToken ct)
    {
        if (_generationKnown && generation.Number <= _generation.Number)
            return;
        await partitions.EnsureAsync(generation, ct);

        // A node whose clock is behind may still write into the previous generation, but not for long.
        _nothingBefore = generation.AgeMs(nowMs) > ClockSkewMaxMs
            && await partitions.IsEmptyAsync(generation.Before, ct);
        _generation = generation;
        _generationKnown = true;
    }

    private NpgsqlBatchCommand Claim(long batch)
    {
        var claim = new NpgsqlBatchCommand(ClaimBatch);
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch });
        return claim;
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, long batch, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        _copy.Start();
        foreach (var entry in entries)
            _copy.Add(entry, _generation, session, batch);
        _copy.Finish();
        // All columns in the order of the table: a list would be parsed and looked up again for every batch.
        var sql = $"copy {_generation.Table} from stdin (format binary)";
        await using var stream = await connection.BeginRawBinaryCopyAsync(sql, ct);
        await stream.WriteAsync(_copy.Written, ct);
    }

    private static NpgsqlBatchCommand LookUp(LedgerGeneration generation, IReadOnlyList<Guid> ids) => WithIds(
        $"""
         select {FoundColumns} from {generation.Table} where id = any($1)
         union all select {FoundColumns} from {generation.Before.Table} where id = any($1)
         """,
        ids);

    private static NpgsqlBatchCommand LookUpBefore(LedgerGeneration generation, IReadOnlyList<Guid> ids) =>
        WithIds($"select {FoundColumns} from {generation.Before.Table} where id = any($1)", ids);

    private static NpgsqlBatchCommand WithIds(string sql, IReadOnlyList<Guid> ids)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = ids,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        });
        return command;
    }

    private static FoundEntry Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        (EntryKind)reader.GetInt16(2),
        reader.GetInt64(3),
        reader.GetInt64(4),
        new DateTimeOffset(reader.GetDateTime(5)).ToUnixTimeMilliseconds(),
        reader.IsDBNull(6) ? 0 : new DateTimeOffset(reader.GetDateTime(6)).ToUnixTimeMilliseconds(),
        reader.GetString(7),
        reader.GetString(8),
        reader.GetFieldValue<short[]>(9),
        reader.GetFieldValue<long[]>(10),
        reader.GetInt32(11));
}
