using System.Data;
using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Ids;
using Sluice.Storage.Ledger.Index;

namespace Sluice.Storage.Ledger;

/// <summary>
/// One session's connection to the ledger: one batch at a time, each a transaction that looks ids up if needed, and
/// then one round trip: the block, its ids, accounts, the proof that the session is alive, and the commit. Used by one
/// writer loop; a failed batch leaves nothing behind.
/// </summary>
/// <remarks>
/// The unique index on ids is the lookup of the current run: a batch is written on the assumption that it contains no
/// repeats, and started over with a lookup if that fails. While repeats arrive, ids are looked up at once.
/// </remarks>
public sealed class LedgerConnection(NpgsqlDataSource dataSource, LedgerPartitions partitions, SessionId session)
    : IAsyncDisposable
{
    /// <summary>
    /// Claims a batch number, and notes the digest of its block if it has one. Fails, and the commit sent with it too,
    /// if the session is fenced or another process has written its batch. From here to the commit a fence waits.
    /// </summary>
    private const string ClaimBatch =
        """
        with claimed as (
          update edge_session set batch = $2, seen_at = now(),
            block = case when $3 is null then block else $2 end, digest = coalesce($3, digest), holds_from = $4
          where id = $1 and batch = $2 - 1 and fenced_at is null returning 1)
        select 1 / count(*) from claimed
        """;

    private const string LastBatch = "select batch >= $2 from edge_session where id = $1 for update";

    private const string TakeNumber =
        "update edge_session set batch = $2 where id = $1 and batch < $2 and fenced_at is null";

    /// <summary>Maximum difference between the clocks of nodes at a generation's end.</summary>
    private const long ClockSkewMaxMs = 3_600_000;

    private readonly BlockChain _chain = new(session);
    private readonly List<(IdPart Part, EventPlace Place)> _places = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private DateOnly _day;
    private IdParts _parts = null!;
    private bool _aged;
    private long _nowMs;

    /// <summary>
    /// Runs the steps of a batch once and rolls them back, so that the first real batch finds its connection open and
    /// its code compiled.
    /// </summary>
    public async Task WarmUpAsync(long nowMs, CancellationToken ct)
    {
        await BeginAsync([new EventKey(Guid.Empty)], all: true, nowMs, ct);
        await using (var commands = new NpgsqlBatch(_connection, _transaction))
        {
            AddBlock(commands, 0, [new LedgerEntry { AdmittedAtMs = nowMs, AtMs = nowMs, Charge = new Charge() }]);
            await commands.ExecuteNonQueryAsync(ct);
        }

        await RollBackAsync();
    }

    /// <summary>Begins a batch and returns the entries that the ledger already has for the ids.</summary>
    /// <param name="ids">Ids that may be repeats.</param>
    /// <param name="all">Whether to look everywhere; otherwise not where the id would be written.</param>
    /// <param name="nowMs">Unix milliseconds; decides the day and the run.</param>
    /// <param name="ct">Cancels the lookup.</param>
    public async Task<IReadOnlyList<FoundEntry>> BeginAsync(
        IReadOnlyList<EventKey> ids, bool all, long nowMs, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var connection = await ConnectAsync(ct);
        await UseDayAsync(connection, nowMs, ct);

        // Costs nothing on its own: it is sent along with the first command.
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        return ids.Count == 0 ? [] : await new EventLookup(connection, _parts, nowMs).FindAsync(ids, all, ct);
    }

    /// <summary>
    /// Locks the reservations that entries end or prolong and other sessions hold, for this batch, and returns those
    /// that are not as they were found: nothing may be written of them.
    /// </summary>
    /// <param name="entries">Entries with <see cref="LedgerEntry.Elsewhere"/>; at least one.</param>
    /// <param name="ct">Cancels the query.</param>
    public Task<IReadOnlySet<Guid>> FindMovedAsync(IReadOnlyCollection<LedgerEntry> entries, CancellationToken ct) =>
        HoldEnds.FindMovedAsync(_connection!, entries, ct);

    /// <summary>
    /// Writes the block of the entries and the checkpoint, proves that the session is alive, and commits.
    /// </summary>
    /// <param name="batch">The number of the batch.</param>
    /// <param name="entries">The events.</param>
    /// <param name="checkpoint">The accounts to write, if any.</param>
    /// <param name="holdsFrom">The first batch with a reservation that may still be open after this one.</param>
    /// <param name="ct">Cancels it before it is sent.</param>
    /// <exception cref="PostgresException">The store refused the batch; nothing was written. Unique violation: one id
    /// is a repeat.</exception>
    /// <exception cref="LedgerFencedException">The session has ended; nothing was written.</exception>
    /// <exception cref="CommitUnknownException">The batch was sent, but its result is unknown.</exception>
    public async Task CommitAsync(
        long batch, IReadOnlyList<LedgerEntry> entries, Checkpoint? checkpoint, long holdsFrom, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await using var commands = new NpgsqlBatch(_connection, _transaction);
        var digest = entries.Count > 0 ? AddBlock(commands, batch, entries) : null;
        HoldEnds.Add(commands, entries);
        if (checkpoint is not null)
            CheckpointWriter.Add(commands, session, batch, checkpoint);
        commands.BatchCommands.Add(Claim(batch, digest, holdsFrom));
        commands.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        ct.ThrowIfCancellationRequested();
        try
        {
            await commands.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero || IsOfBlock(e))
        {
            throw new LedgerFencedException(
                $"Session {session.Value} was fenced or is written by another process.", e);
        }
        catch (PostgresException e) when (e.InvariantSeverity == "ERROR")
        {
            // An answer: the transaction has failed.
            throw;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new CommitUnknownException("The connection broke during a commit.", e);
        }

        _chain.OnWritten(batch);
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

        if (await commands.ExecuteScalarAsync(ct) is not bool onDisk)
            throw new LedgerFencedException($"Session {session.Value} has no row any more.");
        if (onDisk)
            _chain.OnWritten(batch);
        return onDisk;
    }

    /// <summary>Looks ids up outside a batch.</summary>
    public static async Task<IReadOnlyList<FoundEntry>> FindAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<EventKey> ids, long nowMs, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var parts = await IdParts.ReadAsync(connection, nowMs, ct);
        return await new EventLookup(connection, parts, nowMs).FindAsync(ids, all: true, ct);
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

    /// <summary>Makes sure that there is what a batch of now goes to.</summary>
    private async ValueTask UseDayAsync(NpgsqlConnection connection, long nowMs, CancellationToken ct)
    {
        var day = LedgerDay.Of(nowMs);
        if (!_chain.IsOpen)
            await _chain.OpenAsync(connection, ct);
        _nowMs = nowMs;
        var aged = LedgerGeneration.At(nowMs).AgeMs(nowMs) > ClockSkewMaxMs;
        if (day == _day && aged == _aged)
            return;
        await partitions.EnsureAsync(nowMs, ct);
        var parts = await IdParts.ReadAsync(connection, nowMs, ct);

        // A node whose clock is behind may still write into the run before, but not for long.
        parts.NothingBefore = aged && await partitions.IsEmptyAsync(parts.RunBefore, ct);
        (_day, _aged, _parts) = (day, aged, parts);
    }

    /// <summary>Adds the statements that write a block and its ids; returns its digest.</summary>
    private byte[] AddBlock(NpgsqlBatch commands, long batch, IReadOnlyList<LedgerEntry> entries)
    {
        var (digest, command) = _chain.Add(_day, batch, entries);
        commands.BatchCommands.Add(command);
        AddIds(commands, new BlockPlace(_day, session, batch), entries);
        return digest;
    }

    /// <summary>Adds the statements that write the ids that may be repeated.</summary>
    private void AddIds(NpgsqlBatch commands, BlockPlace block, IReadOnlyList<LedgerEntry> entries)
    {
        _places.Clear();
        var aheadMs = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            var key = entries[i].Key;
            if (key.IsUnique)
                continue;
            var part = _parts.PlaceOf(key, _nowMs);
            _places.Add((part, new EventPlace(part.IndexOf(key), block, i)));
            if (IdParts.IsAhead(key, _nowMs))
                aheadMs = Math.Max(aheadMs, key.TimeMs);
        }

        // In the order of the indexes: a large batch walks through each once instead of jumping around, and two batches
        // with the same ids wait for each other and can't deadlock.
        _places.Sort(static (a, b) =>
            a.Part == b.Part ? a.Place.Id.CompareTo(b.Place.Id) : a.Part.Number.CompareTo(b.Part.Number));
        for (int from = 0, to; from < _places.Count; from = to)
        {
            var part = _places[from].Part;
            for (to = from + 1; to < _places.Count && _places[to].Part == part;)
                to++;
            commands.BatchCommands.Add(
                EventPlaces.Insert(part, [.. _places[from..to].Select(static place => place.Place)]));
        }

        if (aheadMs > _parts.FutureUntilMs)
            commands.BatchCommands.Add(EventPlaces.NoteAhead(aheadMs));
    }

    /// <summary>Whether the number of a block is taken, which only another process can have done.</summary>
    private static bool IsOfBlock(PostgresException e) =>
        e.SqlState == PostgresErrorCodes.UniqueViolation
        && e.TableName?.StartsWith("ledger_block", StringComparison.Ordinal) is true;

    private NpgsqlBatchCommand Claim(long batch, byte[]? digest, long holdsFrom)
    {
        var claim = new NpgsqlBatchCommand(ClaimBatch);
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch });
        claim.Parameters.Add(new NpgsqlParameter
        {
            Value = digest ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea,
        });
        claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = holdsFrom });
        return claim;
    }
}
