using Npgsql;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Audit;

namespace Sluice.Storage.Control.Metrics;

/// <summary>Stores the metrics of the installation.</summary>
public sealed class MetricStore(NpgsqlDataSource source)
{
    /// <summary>
    /// The number of an advisory lock: arbitrary, but the same on every node. A lock on the table would need more
    /// rights than to add rows.
    /// </summary>
    private const long AddLock = 0x51_01CE_3E71;

    /// <summary>Reads the current catalogue, including the built-in metrics.</summary>
    public async Task<MetricCatalogue> ReadAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await MetricRows.ReadAsync(db, ct);
    }

    /// <summary>Adds a metric. Refused if the name is taken or no number is left.</summary>
    public async Task<Result<Metric>> AddAsync(
        UnitOfWork tx, string name, int decimals, Rounding rounding, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // Numbers are dense, so two concurrent additions would draw the same one.
        await db.RunAsync("select pg_advisory_xact_lock(@AddLock)", new { AddLock }, ct);
        var next = await db.FindAsync<int>(
            "select greatest(max(id) + 1, @First) from metric", new { First = (int)MetricId.FirstCustom.Value }, ct);
        if (next >= MetricId.Max)
            return new Error.Conflict($"There are {MetricId.Max} metrics at most, and none can be removed.");

        var metric = new Metric(new((short)next), name, decimals, Derived: false, rounding);
        return await Constraints.GuardAsync<Metric>(
            tx,
            new { Name = name },
            async guarded =>
            {
                await guarded.RunAsync(
                    "insert into metric (id, name, decimals, rounding) values (@Id, @Name, @Decimals, @Rounding)",
                    new { Id = metric.Id.Value, metric.Name, Decimals = (short)decimals, Rounding = (short)rounding },
                    ct);
                await AuditLog.AppendAsync(
                    tx, new("metric.added", null, name, null, new { name, decimals, rounding }), ct);
                return metric;
            },
            ct);
    }
}
