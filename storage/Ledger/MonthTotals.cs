using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>Adds usage up as statements show it: by months of admission, holders and models.</summary>
internal static class MonthTotals
{
    private const string OnConflict =
        """
        on conflict (tenant_id, month, session_id, metric, project_id, seat_id, key_id, model)
        do update set value = usage_month.value + excluded.value, unpriced = usage_month.unpriced + excluded.unpriced
        """;

    private const string Add =
        $"""
        insert into usage_month
          (session_id, tenant_id, month, metric, project_id, seat_id, key_id, model, value, unpriced)
        select $1, * from unnest($2::bigint[], $3::integer[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[],
          $8::text[], $9::bigint[], $10::bigint[])
        {OnConflict}
        """;

    /// <summary>
    /// Moves the totals of a session that is being settled to session 0, which has those of all settled ones. Rows are
    /// locked in one order, so that settlements wait in turn.
    /// </summary>
    public const string Settle =
        $"""
        with moved as (delete from usage_month where session_id = $1 returning *)
        insert into usage_month
          (session_id, tenant_id, month, metric, project_id, seat_id, key_id, model, value, unpriced)
        select 0, tenant_id, month, metric, project_id, seat_id, key_id, model, value, unpriced from moved
        order by tenant_id, month, metric, project_id, seat_id, key_id, model
        {OnConflict}
        """;

    /// <summary>Returns the statement that adds sums to the totals of their months.</summary>
    /// <param name="session">The session whose usage they are.</param>
    /// <param name="lines">Sums by quarters of an hour; at least one.</param>
    public static NpgsqlBatchCommand CommandOf(long session, IReadOnlyList<RollupLine> lines)
    {
        var totals = lines.GroupBy(static line => TotalOf(line.Key)).Select(static of => (
            Of: of.Key, Value: of.Sum(static l => l.Units), Unpriced: of.Sum(static l => l.UnpricedUnits))).ToArray();
        var command = new NpgsqlBatchCommand(Add);
        var p = command.Parameters;
        p.Add(new NpgsqlParameter<long> { TypedValue = session });
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Of.TenantId));
        p.Add(Column.Of(NpgsqlDbType.Integer, totals, t => t.Of.Month));
        p.Add(Column.Of(NpgsqlDbType.Smallint, totals, t => t.Of.Metric));
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Of.ProjectId));
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Of.SeatId));
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Of.KeyId));
        p.Add(Column.Of(NpgsqlDbType.Text, totals, t => t.Of.Model));
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Value));
        p.Add(Column.Of(NpgsqlDbType.Bigint, totals, t => t.Unpriced));
        return command;
    }

    private static (long TenantId, int Month, short Metric, long ProjectId, long SeatId, long KeyId, string Model)
        TotalOf(RollupKey key) => (
            key.TenantId, key.Month, key.Metric, key.ProjectId, key.SeatId,
            key.SeatId == 0 && key.ProjectId != 0 ? 0 : key.KeyId, key.Model);
}
