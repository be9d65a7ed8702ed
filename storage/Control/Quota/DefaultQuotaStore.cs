using Npgsql;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Audit;

namespace Sluice.Storage.Control.Quota;

/// <summary>Stores the quotas that new tenants start with, by currency. A currency without one is unlimited.</summary>
public sealed class DefaultQuotaStore(NpgsqlDataSource source)
{
    private const string Select = "select currency, amount as AmountUnits from default_quota order by currency";

    private readonly record struct Row(string Currency, long AmountUnits);

    /// <summary>Reads all default quotas, in millionths of their currencies.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return Of(await db.ListAsync<Row>(Select, null, ct));
    }

    /// <summary>Finds the quota of a new tenant; null if its currency has none.</summary>
    public async Task<long?> FindAsync(UnitOfWork tx, string currency, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tx);
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<long?>(
            "select amount from default_quota where currency = @currency", new { currency }, ct);
    }

    /// <summary>Replaces all default quotas; tenants that exist keep theirs. Idempotent.</summary>
    public async Task PutAsync(UnitOfWork tx, IReadOnlyDictionary<string, long> quotas, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(quotas);
        var db = await tx.OpenAsync(ct);
        // Two replacements at once would otherwise add up.
        await db.RunAsync("lock table default_quota in share row exclusive mode", null, ct);
        var before = Of(await db.ListAsync<Row>(Select, null, ct));
        if (before.Count == quotas.Count && !before.Except(quotas).Any())
            return;
        await db.RunAsync(
            """
            delete from default_quota;
            insert into default_quota (currency, amount, changed_at)
            select currency, amount, @Now from unnest(@Currencies, @Amounts) as q (currency, amount)
            """,
            new { tx.Now, Currencies = quotas.Keys.ToArray(), Amounts = quotas.Values.ToArray() },
            ct);
        await AuditLog.AppendAsync(
            tx, new("default-quotas.set", null, "default-quotas", StateOf(before), StateOf(quotas)), ct);
    }

    private static SortedDictionary<string, long> Of(IEnumerable<Row> rows) =>
        new(rows.ToDictionary(static row => row.Currency, static row => row.AmountUnits), StringComparer.Ordinal);

    private static Dictionary<string, decimal> StateOf(IReadOnlyDictionary<string, long> quotas) => quotas.ToDictionary(
        static quota => quota.Key,
        static quota => ScaledNumber.ToDecimal(
            quota.Value, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals));
}
