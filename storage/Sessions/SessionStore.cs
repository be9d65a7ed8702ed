using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Sessions;

/// <summary>The rows of edge sessions: opened, renewed, fenced, settled.</summary>
public sealed class SessionStore(NpgsqlDataSource dataSource)
{
    /// <summary>A new session for this start of this process.</summary>
    public async Task<SessionId> OpenAsync(string node, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "insert into edge_session (node) values ($1) returning id");
        command.Parameters.AddWithValue(node);
        return new SessionId((long)(await command.ExecuteScalarAsync(ct))!);
    }

    /// <summary>Renews a session; false once it is fenced.</summary>
    public async Task<bool> BeatAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "select fenced_at is null from edge_session where id = $1");
        command.Parameters.AddWithValue(session.Value);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>
    /// Ends every session but one. Each update waits for the batch that is in flight; after it, none gets in.
    /// </summary>
    public async Task<int> FenceOthersAsync(SessionId mine, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "update edge_session set fenced_at = now() where id <> $1 and fenced_at is null");
        command.Parameters.AddWithValue(mine.Value);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Ends one session, as its own node does when it stops cleanly.</summary>
    public async Task FenceAsync(SessionId session, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "update edge_session set fenced_at = now() where id = $1 and fenced_at is null");
        command.Parameters.AddWithValue(session.Value);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Brings the accounts and sums of all fenced sessions up to date from the ledger, once each.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        foreach (var session in await UnsettledAsync(ct))
            await SettleAsync(session, ct);
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

    private async Task SettleAsync(long session, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var commands = new NpgsqlBatch(connection, transaction);
        foreach (var sql in (string[])[SettlementSql.Claim, SettlementSql.Accounts, SettlementSql.Rollups,
                                       SettlementSql.Done])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddWithValue(session);
            commands.BatchCommands.Add(command);
        }

        await commands.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
