using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>Writes the accounts and usage sums of a batch; its claim says how far they reach.</summary>
internal static class CheckpointWriter
{
    private const string Accounts =
        """
        insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch)
        select k, s, m, p, $7, u, x, $8
        from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::integer[], $5::bigint[], $6::bigint[])
          as a(k, s, m, p, u, x)
        on conflict (scope_kind, scope_id, metric, period, session_id)
        do update set used = excluded.used, extra = excluded.extra, batch = excluded.batch
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

    /// <summary>Adds the statements to a batch of commands.</summary>
    public static void Add(NpgsqlBatch commands, SessionId session, long batch, Checkpoint checkpoint)
    {
        if (checkpoint.Accounts.Count > 0)
            commands.BatchCommands.Add(AccountsOf(session, batch, checkpoint.Accounts));
        if (checkpoint.Rollups.Count > 0)
            commands.BatchCommands.Add(RollupsOf(checkpoint.Rollups));
    }

    private static NpgsqlBatchCommand AccountsOf(SessionId session, long batch, IReadOnlyList<AccountLine> lines)
    {
        var command = new NpgsqlBatchCommand(Accounts);
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Smallint, lines, l => (short)l.Scope.Kind));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Scope.Value));
        p.Add(Column.Of(NpgsqlDbType.Smallint, lines, l => l.Counter.Metric.Value));
        p.Add(Column.Of(NpgsqlDbType.Integer, lines, l => l.Counter.Period.Value));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.UsedUnits));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.ExtraUnits));
        p.AddWithValue(session.Value);
        p.AddWithValue(batch);
        return command;
    }

    private static NpgsqlBatchCommand RollupsOf(IReadOnlyList<RollupLine> lines)
    {
        var command = new NpgsqlBatchCommand(Rollups);
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Key.TenantId));
        p.Add(Column.Of(NpgsqlDbType.TimestampTz, lines, l => DateTime.UnixEpoch.AddMilliseconds(l.Key.BucketMs)));
        p.Add(Column.Of(NpgsqlDbType.Integer, lines, l => l.Key.Month));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Key.KeyId));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Key.ProjectId));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Key.SeatId));
        p.Add(Column.Of(NpgsqlDbType.Text, lines, l => l.Key.Member));
        p.Add(Column.Of(NpgsqlDbType.Text, lines, l => l.Key.Model));
        p.Add(Column.Of(NpgsqlDbType.Smallint, lines, l => l.Key.Metric));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Units));
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.UnpricedUnits));
        return command;
    }
}
