using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Blocks;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>Stores edge sessions: opens, renews, fences and settles them.</summary>
public sealed class SessionStore(NpgsqlDataSource dataSource, TimeProvider? time = null)
{
    /// <summary>
    /// Opens a session. Its chain of blocks goes on from the node's last session that had ended: nothing can be added
    /// to that one any more.
    /// </summary>
    private const string Open =
        """
        with before as (
          select id, coalesce(digest, previous) as digest from edge_session
          where node_id = $2 and fenced_at is not null and format is not null order by id desc limit 1)
        insert into edge_session (node, node_id, address, secret, format, follows, previous)
        select $1, $2, $3, $4, $5, (select id from before), (select digest from before)
        returning id
        """;

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
        await using var command = dataSource.CreateCommand(Open);
        command.Parameters.AddWithValue(node.Host);
        command.Parameters.AddWithValue(node.Id);
        command.Parameters.AddWithValue(edge.Address);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = edge.Secret ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Bytea,
        });
        command.Parameters.AddWithValue((short)BlockFormat.Version);
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

        await SettleAsync(session, ct);
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
    public Task SettleAsync(SessionId session, CancellationToken ct) =>
        Settlement.RunAsync(dataSource, session, _time, ct);

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

    private async Task<IReadOnlyList<SessionId>> UnsettledAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select id from edge_session where fenced_at is not null and settled_at is null order by id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sessions = new List<SessionId>();
        while (await reader.ReadAsync(ct))
            sessions.Add(new SessionId(reader.GetInt64(0)));
        return sessions;
    }
}
