using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Writes the usage sums of one session, apart from its batches, so that nobody's answer waits for them: each call adds
/// the sums of consecutive batches and moves the session's checkpoint to the last of them, in one transaction.
/// </summary>
public sealed class SumConnection(NpgsqlDataSource dataSource, SessionId session)
{
    /// <summary>
    /// Locks the sums of a session. A session is settled under the same lock, and neither of the two waits for it with
    /// other locks in hand, so they can't wait for each other. The number keeps it apart from other locks.
    /// </summary>
    internal const string Lock = "select pg_advisory_xact_lock(hashint8extended($1, 20013))";

    private const string Labels =
        """
        insert into usage_label (tenant_id, day, label)
        select t, $3::date, l from unnest($1::bigint[], $2::text[]) as n(t, l) on conflict do nothing
        """;

    private const string Rollups =
        """
        insert into usage_rollup
          (tenant_id, bucket, month, key_id, project_id, seat_id, member, model, metric, value, unpriced)
        select * from unnest($1::bigint[], $2::timestamptz[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[],
          $7::text[], $8::text[], $9::smallint[], $10::bigint[], $11::bigint[])
        on conflict (tenant_id, bucket, key_id, member, model, metric, month)
        do update set value = usage_rollup.value + excluded.value, unpriced = usage_rollup.unpriced + excluded.unpriced
        """;

    private const string Move =
        """
        with moved as (
          update edge_session set checkpoint = $3, checkpoint_at = now() where id = $1 and checkpoint = $2 returning 1)
        select 1 / count(*) from moved
        """;

    private const string Reached = "select checkpoint from edge_session where id = $1";

    /// <summary>Adds sums. If it fails, <see cref="ReachAsync"/> tells whether they are on disk.</summary>
    /// <param name="lines">Sorted.</param>
    /// <param name="labels">Labels of today that are new.</param>
    /// <param name="from">The last batch that the sums on disk include.</param>
    /// <param name="to">The last batch that they then include.</param>
    /// <param name="patience">How long the statements may take together.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="PostgresException">Division by zero: the sums on disk do not reach to
    /// <paramref name="from"/>.</exception>
    public async Task AddAsync(
        IReadOnlyList<RollupLine> lines,
        LabelsOfDay labels,
        long from,
        long to,
        TimeSpan patience,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(labels);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        var calendars = await DaySums.ReadCalendarsAsync(connection, lines, patience, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var commands = new NpgsqlBatch(connection, transaction);
        commands.Timeout = (int)Math.Ceiling(patience.TotalSeconds);
        commands.BatchCommands.Add(OfSession(Lock));
        if (labels.New.Count > 0)
            commands.BatchCommands.Add(LabelsOf(labels));
        if (lines.Count > 0)
        {
            commands.BatchCommands.Add(RollupsOf(lines));
            commands.BatchCommands.Add(DaySums.CommandOf(lines, calendars));
            commands.BatchCommands.Add(MonthTotals.CommandOf(session.Value, lines));
        }

        commands.BatchCommands.Add(OfSession(Move, from, to));
        commands.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await commands.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Reads the last batch that the sums on disk include, after waiting for a call that may still be running at the
    /// server; null if the session's row no longer exists.
    /// </summary>
    public async Task<long?> ReachAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var wait = new NpgsqlCommand(Lock, connection, transaction))
        {
            wait.Parameters.AddWithValue(session.Value);
            await wait.ExecuteNonQueryAsync(ct);
        }

        // A statement of its own: one that has waited for the lock would still see what was there before.
        await using var read = new NpgsqlCommand(Reached, connection, transaction);
        read.Parameters.AddWithValue(session.Value);
        return await read.ExecuteScalarAsync(ct) as long?;
    }

    private NpgsqlBatchCommand OfSession(string sql, params ReadOnlySpan<long> more)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        foreach (var value in more)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        return command;
    }

    private static NpgsqlBatchCommand LabelsOf(LabelsOfDay labels)
    {
        var command = new NpgsqlBatchCommand(Labels);
        command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, labels.New, l => l.TenantId));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Text, labels.New, l => l.Label));
        command.Parameters.AddWithValue(labels.Day);
        return command;
    }

    /// <summary>Returns the statement that adds sums to those of their quarters of an hour.</summary>
    internal static NpgsqlBatchCommand RollupsOf(IReadOnlyList<RollupLine> lines) => RollupColumns.CommandOf(
        Rollups,
        lines,
        Column.Of(NpgsqlDbType.TimestampTz, lines, l => DateTime.UnixEpoch.AddMilliseconds(l.Key.BucketMs)));
}
