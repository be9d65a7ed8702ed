using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>Stores edge sessions: opens, renews, fences and settles them.</summary>
public sealed class SessionStore(NpgsqlDataSource dataSource, TimeProvider? time = null)
{
    /// <summary>The columns of sums that a settlement has added.</summary>
    private const int AddedColumns = 11;

    /// <summary>How long a settlement waits for the zones of its tenants.</summary>
    private static readonly TimeSpan ZonesPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a fence waits for batches in flight before it terminates their connections: as long as a session lives.
    /// </summary>
    private static readonly TimeSpan BatchPatience = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Opens a session for this start of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="edge">Where authorities reach its edge, and how they know it.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<SessionId> OpenAsync(NodeIdentity node, SessionEdge edge, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(edge);
        await using var command = dataSource.CreateCommand(
            "insert into edge_session (node, node_id, address, secret) values ($1, $2, $3, $4) returning id");
        command.Parameters.AddWithValue(node.Host);
        command.Parameters.AddWithValue(node.Id);
        command.Parameters.AddWithValue(edge.Address);
        command.Parameters.AddWithValue(edge.Secret ?? (object)DBNull.Value);
        return new SessionId((long)(await command.ExecuteScalarAsync(ct))!);
    }

    /// <summary>Renews a session, visible to all nodes; returns false once it is fenced.</summary>
    public async Task<bool> BeatAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "update edge_session set seen_at = clock_timestamp() where id = $1 and fenced_at is null");
        command.Parameters.AddWithValue(session.Value);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Checks whether a session is known and not fenced.</summary>
    public async Task<bool> IsAliveAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select fenced_at is null from edge_session where id = $1");
        command.Parameters.AddWithValue(session.Value);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Reads how to reach the edge of a session; null if the session has ended or is unknown.</summary>
    public async Task<SessionEdge?> ReadEdgeAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select address, secret from edge_session where id = $1 and fenced_at is null and address is not null");
        command.Parameters.AddWithValue(session.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        return new SessionEdge(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>Reads all sessions that are not settled, and those settled a short while ago.</summary>
    public async Task<IReadOnlyList<SessionView>> ReadRecentAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select id, seen_at, fenced_at is not null, settled_at is not null from edge_session
            where settled_at is null or settled_at > now() - interval '2 minutes' order by id
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sessions = new List<SessionView>();
        while (await reader.ReadAsync(ct))
        {
            sessions.Add(new SessionView(
                new SessionId(reader.GetInt64(0)), reader.GetDateTime(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        }

        return sessions;
    }

    /// <summary>Reads the totals of a settled session that no authority has folded into its own sums yet.</summary>
    public async Task<ILookup<ScopeId, SettledSnapshot>> ReadLeftAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(SettlementSql.Left);
        command.Parameters.AddWithValue(session.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var left = new List<(ScopeId Scope, SettledSnapshot Left)>();
        while (await reader.ReadAsync(ct))
        {
            var counter = new CounterId(new MetricId(reader.GetInt16(2)), new PeriodKey(reader.GetInt32(3)));
            left.Add((
                new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1)),
                new SettledSnapshot(counter, reader.GetInt64(4), reader.GetInt64(5))));
        }

        return left.ToLookup(l => l.Scope, l => l.Left);
    }

    /// <summary>
    /// Fences a session. The update waits for batches in flight; after it, no batch is accepted. A node that sleeps in
    /// the middle of its batch would block this for as long as it sleeps, so its connection is terminated after a
    /// while: nothing of that batch is written then, and none of its events was acknowledged.
    /// </summary>
    /// <returns>1, or 0 if the session was already fenced.</returns>
    /// <exception cref="PostgresException">The other node's connections belong to a role that this one may not
    /// terminate.</exception>
    public Task<int> FenceAsync(SessionId session, CancellationToken ct) => FenceAsync(
        "update edge_session set fenced_at = now() where id = $1 and fenced_at is null", session.Value, ct);

    /// <summary>
    /// Fences sessions left open by earlier starts of this node, as
    /// <see cref="FenceAsync(SessionId, CancellationToken)"/> does. Only for a node that knows that they have ended,
    /// because it holds the lock of its data folder.
    /// </summary>
    /// <returns>The number of sessions that were open.</returns>
    public Task<int> FencePredecessorsAsync(NodeIdentity node, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(node);
        return FenceAsync(
            "update edge_session set fenced_at = now() where node_id = $1 and fenced_at is null", node.Id, ct);
    }

    /// <summary>
    /// Closes a session by its own node, after everything is written: nothing was lost, so rights that may have been
    /// used from memory are not counted as used.
    /// </summary>
    public async Task CloseAsync(SessionId session, CancellationToken ct)
    {
        await using (var connection = await dataSource.OpenConnectionAsync(ct))
        {
            await using var commands = new NpgsqlBatch(connection);
            foreach (var sql in (string[])
                     [
                         "update edge_session set fenced_at = now() where id = $1 and fenced_at is null",
                         "update lease set memory = false where session_id = $1 and memory",
                     ])
            {
                var command = new NpgsqlBatchCommand(sql);
                command.Parameters.AddWithValue(session.Value);
                commands.BatchCommands.Add(command);
            }

            await commands.ExecuteNonQueryAsync(ct);
        }

        await SettleAsync(session.Value, ct);
    }

    /// <summary>
    /// Settles all fenced sessions: brings their accounts and sums up to date from the ledger, once each.
    /// </summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        foreach (var session in await UnsettledAsync(ct))
            await SettleAsync(session, ct);
    }

    /// <summary>Settles one fenced session: brings its accounts and sums up to date from the ledger, once.</summary>
    public Task SettleAsync(SessionId session, CancellationToken ct) => SettleAsync(session.Value, ct);

    private async Task<int> FenceAsync(string sql, object parameter, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue(parameter);
        var fencing = command.ExecuteNonQueryAsync(ct);
        while (true)
        {
            try
            {
                return await fencing.WaitAsync(BatchPatience, _time, ct);
            }
            catch (TimeoutException) when (!fencing.IsCompleted)
            {
                await EndBlockersAsync(connection.ProcessID, ct);
            }
        }
    }

    private async Task EndBlockersAsync(int blocked, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select pg_terminate_backend(b) from unnest(pg_blocking_pids($1)) as b");
        command.Parameters.AddWithValue(blocked);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<long>> UnsettledAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select id from edge_session where fenced_at is not null and settled_at is null order by id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sessions = new List<long>();
        while (await reader.ReadAsync(ct))
            sessions.Add(reader.GetInt64(0));
        return sessions;
    }

    /// <summary>Executes statements; the only one with rows of sums returns those that it has added.</summary>
    private static async Task<IReadOnlyList<RollupLine>> ReadAddedAsync(NpgsqlBatch commands, CancellationToken ct)
    {
        var added = new List<RollupLine>();
        await using var reader = await commands.ExecuteReaderAsync(ct);
        do
        {
            while (reader.FieldCount == AddedColumns && await reader.ReadAsync(ct))
            {
                var key = new RollupKey(
                    reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1).ToUnixTimeMilliseconds(),
                    reader.GetInt32(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetString(6),
                    reader.GetString(7), reader.GetInt16(8));
                added.Add(new RollupLine(key, reader.GetInt64(9), reader.GetInt64(10)));
            }
        }
        while (await reader.NextResultAsync(ct));
        return added;
    }

    private async Task SettleAsync(long session, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var commands = new NpgsqlBatch(connection, transaction);
        Add(SumConnection.Lock);
        Add(SettlementSql.Claim);
        Add(SettlementSql.Accounts);
        Add(SettlementSql.Rollups, LabelStore.Max, LabelStore.Other);
        var added = await ReadAddedAsync(commands, ct);
        commands.BatchCommands.Clear();
        if (added.Count > 0)
        {
            var calendars = await DaySums.ReadCalendarsAsync(connection, added, ZonesPatience, ct);
            commands.BatchCommands.Add(DaySums.CommandOf(added, calendars));
            commands.BatchCommands.Add(MonthTotals.CommandOf(session, added));
        }

        Add(MonthTotals.Settle);
        Add(SettlementSql.Done);
        await commands.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);

        void Add(string sql, params ReadOnlySpan<object> more)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddWithValue(session);
            foreach (var value in more)
                command.Parameters.AddWithValue(value);
            commands.BatchCommands.Add(command);
        }
    }
}
