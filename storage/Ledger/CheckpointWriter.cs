using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>Writes the accounts of a batch; each says as of which batch it is.</summary>
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

    /// <summary>Adds the statement to a batch of commands.</summary>
    public static void Add(NpgsqlBatch commands, SessionId session, long batch, Checkpoint checkpoint)
    {
        if (checkpoint.Accounts.Count > 0)
            commands.BatchCommands.Add(AccountsOf(session, batch, checkpoint.Accounts));
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
}
