using System.Data;
using Npgsql;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;

namespace Sluice.Storage.Reports.Reconciliation;

/// <summary>
/// Adds up the ledger event by event and compares it with the basis of limits and bills, while nodes continue to run:
/// accounts and sums record up to which batch they reach, and everything is read from one snapshot.
/// </summary>
public sealed class Reconciler(NpgsqlDataSource source)
{
    /// <summary>Timeout of the query: a month of a large ledger takes long.</summary>
    private const int TimeoutSeconds = 1_800;

    private const string Counters =
        """
        with counter as (
          select scope_id as tenant_id, metric, sum(units) as units
          from (
            select scope_id, metric, used + extra as units from usage_account
            where scope_kind = 0 and period = @Month and (@TenantId::bigint is null or scope_id = @TenantId)
            union all
            select scope_id, metric, used from settled_usage
            where scope_kind = 0 and period = @Month and (@TenantId::bigint is null or scope_id = @TenantId)
            union all
            select scope_id, metric, used from hold_line
            where scope_kind = 0 and period = @Month and (@TenantId::bigint is null or scope_id = @TenantId)) a
          group by scope_id, metric),
        rollup_sum as (
          select tenant_id, metric, sum(value) as units from usage_rollup
          where month = @Month and (@TenantId::bigint is null or tenant_id = @TenantId)
          group by tenant_id, metric)
        select tenant_id as TenantId, metric, coalesce(c.units, 0)::bigint as CountedUnits,
          0::bigint as CountedLedgerUnits, coalesce(r.units, 0)::bigint as SummedUnits, 0::bigint as SummedLedgerUnits
        from counter c full join rollup_sum r using (tenant_id, metric)
        """;

    /// <summary>Compares every metric that was used in a month.</summary>
    /// <param name="month">The month of admission.</param>
    /// <param name="tenantId">The tenant; null for all tenants.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<IReadOnlyList<Drift>> CompareAsync(PeriodKey month, long? tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await db.RunAsync($"set local statement_timeout = '{TimeoutSeconds}s'", null, ct);
        var counters = await db.ListSlowlyAsync<Drift>(
            Counters, new { Month = month.Value, TenantId = tenantId }, TimeoutSeconds, ct);
        var sums = await LedgerSums.ReadAsync(db, month, tenantId, ct);
        await transaction.CommitAsync(ct);
        var known = counters.ToDictionary(static c => (c.TenantId, c.Metric));
        return
        [
            .. known.Keys.Union(sums.Keys).Order().Select(of =>
            {
                var (counter, sum) = (known.GetValueOrDefault(of), sums.GetValueOrDefault(of));
                return new Drift(
                    of.TenantId, of.Metric, counter.CountedUnits, sum.Counted, counter.SummedUnits, sum.Summed);
            }).Where(static row => row is not
            {
                CountedUnits: 0, CountedLedgerUnits: 0, SummedUnits: 0, SummedLedgerUnits: 0,
            }),
        ];
    }
}
