using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// Settles a fenced session, once: brings its accounts and the usage sums up to date from its blocks, and moves the
/// totals of its months to those of all settled sessions.
/// </summary>
internal static class Settlement
{
    /// <summary>How long a settlement waits for the zones of its tenants.</summary>
    private static readonly TimeSpan ZonesPatience = TimeSpan.FromSeconds(30);

    /// <summary>Settles a session, unless it is settled already.</summary>
    public static async Task RunAsync(
        NpgsqlDataSource dataSource, SessionId session, TimeProvider time, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ClaimAsync(connection, session, ct) is not { } claim)
            return;
        var holds = new OpenHolds();
        var tail = await SessionTail.ReadAsync(connection, session, claim, holds, ct);
        await holds.LookUpAsync(connection, time.GetUtcNow().ToUnixTimeMilliseconds(), ct);
        var sums = await FoldAsync(connection, tail, ct);
        await using var commands = new NpgsqlBatch(connection, transaction);
        var accounts = tail.Accounts;
        if (accounts.Count > 0)
            commands.BatchCommands.Add(AccountsOf(session, accounts));
        if (sums.Count > 0)
        {
            var calendars = await DaySums.ReadCalendarsAsync(connection, sums, ZonesPatience, ct);
            commands.BatchCommands.Add(SumConnection.RollupsOf(sums));
            commands.BatchCommands.Add(DaySums.CommandOf(sums, calendars));
            commands.BatchCommands.Add(MonthTotals.CommandOf(session.Value, sums));
        }

        holds.AddHandOver(commands, session);
        commands.BatchCommands.Add(OfSession(MonthTotals.Settle, session));
        commands.BatchCommands.Add(OfSession(SettlementSql.Done, session));
        await commands.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<SettlementClaim?> ClaimAsync(
        NpgsqlConnection connection, SessionId session, CancellationToken ct)
    {
        await using (var wait = new NpgsqlCommand(SumConnection.Lock, connection))
        {
            wait.Parameters.AddWithValue(session.Value);
            await wait.ExecuteNonQueryAsync(ct);
        }

        // A statement of its own: one that has waited for the lock would still see what was there before.
        await using var claim = new NpgsqlCommand(SettlementSql.Claim, connection);
        claim.Parameters.AddWithValue(session.Value);
        await using var reader = await claim.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new SettlementClaim(reader.GetInt64(0), reader.GetBoolean(1), reader.GetInt64(2))
            : null;
    }

    /// <summary>Returns the sums with bounded labels, sorted.</summary>
    private static async Task<IReadOnlyList<RollupLine>> FoldAsync(
        NpgsqlConnection connection, SessionTail tail, CancellationToken ct)
    {
        var lines = tail.Sums.ToArray();
        var full = new Dictionary<long, HashSet<string>>();
        await using var command = new NpgsqlCommand(SettlementSql.FullLabels, connection);
        command.Parameters.AddWithValue(lines.Select(static line => line.Key.TenantId).Distinct().ToArray());
        command.Parameters.AddWithValue(LabelStore.Max);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (!full.TryGetValue(reader.GetInt64(0), out var labels))
                    full.Add(reader.GetInt64(0), labels = new HashSet<string>(StringComparer.Ordinal));
                labels.Add(reader.GetString(1));
            }
        }

        return
        [
            .. lines
                .GroupBy(line => line.Key with
                {
                    Member = LabelOf(line.Key.TenantId, line.Key.Member),
                    Model = LabelOf(line.Key.TenantId, line.Key.Model),
                })
                .Select(static group => new RollupLine(
                    group.Key, group.Sum(static l => l.Units), group.Sum(static l => l.UnpricedUnits)))
                .OrderBy(static line => line.Key),
        ];

        string LabelOf(long tenantId, string label) =>
            label.Length == 0 || !full.TryGetValue(tenantId, out var labels) || labels.Contains(label)
                ? label
                : LabelStore.Other;
    }

    private static NpgsqlBatchCommand AccountsOf(
        SessionId session, IReadOnlyList<(AccountLine Line, long Batch)> accounts)
    {
        var command = OfSession(SettlementSql.Accounts, session);
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Smallint, accounts, static a => (short)a.Line.Scope.Kind));
        p.Add(Column.Of(NpgsqlDbType.Bigint, accounts, static a => a.Line.Scope.Value));
        p.Add(Column.Of(NpgsqlDbType.Smallint, accounts, static a => a.Line.Counter.Metric.Value));
        p.Add(Column.Of(NpgsqlDbType.Integer, accounts, static a => a.Line.Counter.Period.Value));
        p.Add(Column.Of(NpgsqlDbType.Bigint, accounts, static a => a.Line.UsedUnits));
        p.Add(Column.Of(NpgsqlDbType.Bigint, accounts, static a => a.Batch));
        return command;
    }

    private static NpgsqlBatchCommand OfSession(string sql, SessionId session)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        return command;
    }
}
