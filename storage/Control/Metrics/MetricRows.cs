using Npgsql;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control.Metrics;

/// <summary>Reads the catalogue inside an open transaction.</summary>
internal static class MetricRows
{
    private sealed record Row(short Id, string Name, short Decimals, short Rounding);

    public static async Task<MetricCatalogue> ReadAsync(NpgsqlConnection db, CancellationToken ct)
    {
        var rows = await db.ListAsync<Row>(
            "select id, name, decimals, rounding from metric where id >= @First order by id",
            new { First = MetricId.FirstCustom.Value },
            ct);
        var custom = rows.Select(
            static row => new Metric(new(row.Id), row.Name, row.Decimals, Derived: false, (Rounding)row.Rounding));
        return MetricCatalogue.TryCreate([.. custom], out var broken)
            ?? throw new InvalidOperationException($"The table of metrics breaks a rule: {broken[0].Message}");
    }
}
