using Npgsql;
using Sluice.Metering.Identity;
using Sluice.TestSupport.Ledger;

namespace Sluice.EndToEnd.Months;

/// <summary>Reads the rows of a month with SQL.</summary>
internal sealed class MonthRows(string connectionString)
{
    private readonly string _connectionString = connectionString + ";Pooling=false";

    /// <summary>Returns the ledger's totals of a tenant's ended months, as its statements should have them.</summary>
    public Task<List<string>> LedgerAsync(string tenantId, CancellationToken ct) => LedgerRows.QueryAsync(
        connectionString,
        """
        select month / 100 || '-' || lpad((month % 100)::text, 2, '0') || ': '
          || string_agg(name || ' ' || trim_scale(units / power(10::numeric, decimals)), ', ' order by name collate "C")
        from (
          select l.month, m.name, m.decimals, sum(c.units) as units
          from ledger l
          cross join lateral unnest(l.metrics, l.units) as c(metric, units)
          join metric m on m.id = c.metric
          where l.tenant_id = $1 and l.kind in (0, 1, 3) and c.units > 0 and l.month <= 202703
          group by 1, 2, 3) s
        group by month order by month
        """,
        static row => row.GetString(0),
        ct,
        IdOf(tenantId));

    /// <summary>
    /// Returns which thresholds of a tenant fired and were resolved: period, kind and how often each.
    /// </summary>
    public Task<List<string>> ThresholdEventsAsync(string tenantId, CancellationToken ct) => ReadAsync(
        """
        select period || case when kind = 2 then ' resolved ' else ' fired ' end || count(*)
        from transition where tenant_id = $1 group by period, kind = 2 order by period, kind = 2
        """,
        tenantId,
        ct);

    private async Task<List<string>> ReadAsync(string sql, string tenantId, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(IdOf(tenantId));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct))
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static long IdOf(string tenantId) => IdText.TryParse(IdText.Tenant, tenantId, out var id)
        ? id
        : throw new FormatException(tenantId);
}
