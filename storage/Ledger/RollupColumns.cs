using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger;

/// <summary>Passes sums to a statement, a column as an array each.</summary>
internal static class RollupColumns
{
    /// <summary>
    /// Returns a statement with these parameters: tenant, time, month, key, project, seat, member, model, metric,
    /// value, and the part of it without a price.
    /// </summary>
    /// <param name="sql">The statement.</param>
    /// <param name="lines">The sums.</param>
    /// <param name="time">Their times, as the statement has them.</param>
    public static NpgsqlBatchCommand CommandOf(string sql, IReadOnlyList<RollupLine> lines, NpgsqlParameter time)
    {
        var command = new NpgsqlBatchCommand(sql);
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Bigint, lines, l => l.Key.TenantId));
        p.Add(time);
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
