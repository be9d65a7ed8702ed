using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>Stores the leases and thresholds of authorities, many authorities at a time.</summary>
public sealed class LeaseStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Writes batches of several authorities in one transaction. The result is Done for each whose epoch is still the
    /// newest, and Deposed for the others, of which nothing is written. Rows of fenced sessions are skipped.
    /// </summary>
    /// <exception cref="NpgsqlException">The result of all batches is unknown.</exception>
    public async Task<PersistResult> PersistAsync(IReadOnlyList<PersistBatch> batches, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var outcomes = await LockEpochsAsync(connection, batches, ct);
        var current = batches.Where((_, i) => outcomes[i] == PersistOutcome.Done).ToArray();
        await using var commands = new NpgsqlBatch(connection, transaction);
        Add(commands, PersistSql.Leases, Leases(current));
        // First thresholds that fired, then those that resolved, so that recipients are notified of both if one batch
        // contains both.
        Add(commands, PersistSql.Marks, Marks(current, static status => status != ThresholdStatus.Resolved));
        Add(commands, PersistSql.Marks, Marks(current, static status => status == ThresholdStatus.Resolved));
        Add(commands, PersistSql.Armed, Armed(current));
        Add(commands, PersistSql.Effective, Effective(current));
        if (commands.BatchCommands.Count > 0)
            await commands.ExecuteNonQueryAsync(ct);

        // After the rows: a session that is fenced by now is reported, even if its row was still accepted a moment ago.
        var fenced = await FencedAsync(connection, batches, ct);
        await transaction.CommitAsync(ct);
        return new PersistResult(outcomes, fenced);
    }

    private static async Task<IReadOnlyList<SessionId>> FencedAsync(
        NpgsqlConnection connection, IReadOnlyList<PersistBatch> batches, CancellationToken ct)
    {
        var sessions = batches.SelectMany(b => b.Leases).Select(r => r.Session.Value).Distinct().ToArray();
        if (sessions.Length == 0)
            return [];
        await using var command = new NpgsqlCommand(PersistSql.Fenced, connection);
        command.Parameters.AddWithValue(sessions);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var fenced = new List<SessionId>();
        while (await reader.ReadAsync(ct))
            fenced.Add(new SessionId(reader.GetInt64(0)));
        return fenced;
    }

    private static async Task<PersistOutcome[]> LockEpochsAsync(
        NpgsqlConnection connection, IReadOnlyList<PersistBatch> batches, CancellationToken ct)
    {
        // Share locks: an activation elsewhere, which raises the epoch, waits for this transaction and then reads what
        // it wrote.
        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(new NpgsqlBatchCommand(PersistSql.EndIfAsleep));
        var command = new NpgsqlBatchCommand(PersistSql.LockEpochs);
        command.Parameters.Add(Column.Of(NpgsqlDbType.Smallint, batches, b => (short)b.Scope.Kind));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, batches, b => b.Scope.Value));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, batches, b => b.Epoch));
        commands.BatchCommands.Add(command);
        var outcomes = Enumerable.Repeat(PersistOutcome.Deposed, batches.Count).ToArray();
        await using var reader = await commands.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            outcomes[reader.GetInt64(0) - 1] = PersistOutcome.Done;
        return outcomes;
    }

    private static NpgsqlParameter[] Leases(IReadOnlyList<PersistBatch> batches)
    {
        var rows = batches.SelectMany(b => b.Leases.Select(r => (b.Scope, Row: r)))
            .OrderBy(r => r.Scope).ThenBy(r => r.Row.Counter.Metric.Value).ThenBy(r => r.Row.Counter.Period.Value)
            .ThenBy(r => r.Row.Session.Value).ToArray();
        return rows.Length == 0 ? [] :
        [
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Scope.Kind),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Scope.Value),
            Column.Of(NpgsqlDbType.Smallint, rows, r => r.Row.Counter.Metric.Value),
            Column.Of(NpgsqlDbType.Integer, rows, r => r.Row.Counter.Period.Value),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Row.Session.Value),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Row.GrantedUnits),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Row.ReturnedUnits),
            Column.Of(NpgsqlDbType.Boolean, rows, r => r.Row.Memory),
        ];
    }

    private static NpgsqlParameter[] Marks(IReadOnlyList<PersistBatch> batches, Func<ThresholdStatus, bool> which)
    {
        // The same threshold may have become quiet and fired since the last batch: the last event counts.
        var rows = batches.SelectMany(b => b.Thresholds.Where(t => which(t.Status)).Select(t => (b.Scope, Line: t)))
            .GroupBy(r => (r.Line.LimitId, r.Line.ValueUnits, r.Line.Counter.Period)).Select(g => g.Last())
            .ToArray();
        return rows.Length == 0 ? [] :
        [
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Line.LimitId),
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Line.Kind),
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Line.Source),
            Column.Of(NpgsqlDbType.Integer, rows, r => r.Line.Counter.Period.Value),
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Scope.Kind),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Scope.Value),
            Column.Of(NpgsqlDbType.Smallint, rows, r => r.Line.Counter.Metric.Value),
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Line.Status),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Line.ValueUnits),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Line.UsedUnits),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Line.RefusedUnits),
            Column.Of(NpgsqlDbType.TimestampTz, rows, r => DateTime.UnixEpoch.AddMilliseconds(r.Line.AtMs)),
        ];
    }

    private static NpgsqlParameter[] Armed(IReadOnlyList<PersistBatch> batches)
    {
        var rows = batches.SelectMany(b => b.Armed.Select(a => (b.Scope, Armed: a))).ToArray();
        return rows.Length == 0 ? [] :
        [
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Armed.LimitId),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Armed.ValueUnits),
            Column.Of(NpgsqlDbType.Smallint, rows, r => (short)r.Scope.Kind),
            Column.Of(NpgsqlDbType.Bigint, rows, r => r.Scope.Value),
        ];
    }

    private static NpgsqlParameter[] Effective(IReadOnlyList<PersistBatch> batches)
    {
        var rows = batches.Where(b => b.EffectiveVersion > 0).ToArray();
        return rows.Length == 0 ? [] :
        [
            Column.Of(NpgsqlDbType.Smallint, rows, b => (short)b.Scope.Kind),
            Column.Of(NpgsqlDbType.Bigint, rows, b => b.Scope.Value),
            Column.Of(NpgsqlDbType.Bigint, rows, b => b.EffectiveVersion),
        ];
    }

    private static void Add(NpgsqlBatch commands, string sql, NpgsqlParameter[] parameters)
    {
        if (parameters.Length == 0)
            return;
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        commands.BatchCommands.Add(command);
    }
}
