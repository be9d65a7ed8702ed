using System.Data;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger;

/// <summary>
/// One session's way into the ledger: a batch at a time, each a transaction that first proves the session alive and
/// looks up ids, then copies the rows. Used by one writer loop; a failed batch leaves nothing behind.
/// </summary>
public sealed class LedgerConnection(NpgsqlDataSource dataSource, LedgerPartitions partitions, SessionId session)
    : IAsyncDisposable
{
    private const string ClaimBatch =
        "update edge_session set batch = $2, seen_at = now() where id = $1 and batch = $2 - 1 and fenced_at is null";

    private const string FoundColumns =
        "id, event_id, kind, fingerprint, key_id, admitted_at, expires_at, model, member, metrics, units";

    private readonly CopyBuffer _copy = new();
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private LedgerGeneration _generation;
    private bool _generationKnown;

    /// <summary>
    /// Begins a batch: claims its number, which holds off fences until it ends, and returns what the ledger has of
    /// the ids already.
    /// </summary>
    /// <exception cref="LedgerFencedException">The session is over.</exception>
    public async Task<IReadOnlyList<FoundEntry>> BeginAsync(
        long batch, IReadOnlyList<Guid> ids, long nowMs, CancellationToken ct)
    {
        var connection = await ConnectAsync(ct);
        await UseGenerationAsync(LedgerGeneration.At(nowMs), ct);
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await using var commands = new NpgsqlBatch(connection, _transaction);
        var claim = new NpgsqlBatchCommand(ClaimBatch);
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch });
        commands.BatchCommands.Add(claim);
        if (ids.Count > 0)
            commands.BatchCommands.Add(LookUp(_generation, ids));

        var found = new List<FoundEntry>();
        await using (var reader = await commands.ExecuteReaderAsync(ct))
        {
            // Rows of the look-up come as the only result set; the update has none.
            while (ids.Count > 0 && await reader.ReadAsync(ct))
                found.Add(Read(reader));
        }

        if (claim.RecordsAffected != 1)
            throw new LedgerFencedException($"Session {session.Value} was fenced or is written by another process.");
        return found;
    }

    /// <summary>Writes the rows and what is carried along, and commits.</summary>
    /// <exception cref="CommitUnknownException">The commit was sent and not answered.</exception>
    public async Task CommitAsync(
        long batch, IReadOnlyList<LedgerEntry> entries, Checkpoint? checkpoint, CancellationToken ct)
    {
        var connection = _connection!;
        if (entries.Count > 0)
            await CopyAsync(connection, batch, entries, ct);
        if (checkpoint is not null)
            await CheckpointWriter.WriteAsync(connection, _transaction!, session, batch, checkpoint, ct);
        try
        {
            await _transaction!.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException and not PostgresException or IOException or TimeoutException)
        {
            throw new CommitUnknownException("The connection broke during a commit.", e);
        }

        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>
    /// The last batch on disk, once a broken commit has ended one way or the other: the row lock waits for it.
    /// </summary>
    /// <exception cref="LedgerFencedException">The session is over; the number can be read from its row.</exception>
    public async Task<long> LastBatchAsync(CancellationToken ct)
    {
        await AbandonAsync();
        var connection = await ConnectAsync(ct);
        await using var command = new NpgsqlCommand(
            "select batch from edge_session where id = $1 for update", connection);
        command.Parameters.AddWithValue(session.Value);
        return await command.ExecuteScalarAsync(ct) is long batch
            ? batch
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

    private async ValueTask UseGenerationAsync(LedgerGeneration generation, CancellationToken ct)
    {
        if (_generationKnown && generation.Number <= _generation.Number)
            return;
        await partitions.EnsureAsync(generation, ct);
        _generation = generation;
        _generationKnown = true;
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, long batch, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        _copy.Start();
        foreach (var entry in entries)
            _copy.Add(entry, _generation, session, batch);
        _copy.Finish();
        var sql = $"copy {_generation.Table} ({CopyBuffer.Columns}) from stdin (format binary)";
        await using var stream = await connection.BeginRawBinaryCopyAsync(sql, ct);
        await stream.WriteAsync(_copy.Written, ct);
    }

    private static NpgsqlBatchCommand LookUp(LedgerGeneration generation, IReadOnlyList<Guid> ids)
    {
        var command = new NpgsqlBatchCommand(
            $"""
             select {FoundColumns} from {generation.Table} where id = any($1)
             union all select {FoundColumns} from {generation.Before.Table} where id = any($1)
             """);
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
        reader.GetFieldValue<long[]>(10));
}
