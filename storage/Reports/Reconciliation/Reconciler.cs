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

    private const string Compare =
        """
        with entry as materialized (
          select l.tenant_id, l.session_id, l.batch, c.metric, sum(c.units) as units
          from ledger l
          cross join lateral unnest(l.metrics, l.units) as c(metric, units)
          where l.month = @Month and l.kind in (0, 1, 3) and (@TenantId::bigint is null or l.tenant_id = @TenantId)
          group by l.tenant_id, l.session_id, l.batch, c.metric),
        reached as (
          select n.tenant_id, n.metric, n.units,
            e.id is null or e.settled_at is not null or n.batch <= e.checkpoint as summed,
            e.id is null or e.settled_at is not null or n.batch <= greatest(e.checkpoint, coalesce(a.batch, 0))
              as counted
          from entry n
          left join edge_session e on e.id = n.session_id
          left join usage_account a on a.session_id = n.session_id and a.scope_kind = 0 and a.scope_id = n.tenant_id
            and a.metric = n.metric and a.period = @Month),
        ledger_sum as (
          select tenant_id, metric, coalesce(sum(units) filter (where counted), 0) as counted,
            coalesce(sum(units) filter (where summed), 0) as summed
          from reached group by tenant_id, metric),
        counter as (
          select scope_id as tenant_id, metric, sum(units) as units
          from (
            select scope_id, metric, used + extra as units from usage_account
            where scope_kind = 0 and period = @Month and (@TenantId::bigint is null or scope_id = @TenantId)
            union all
            select scope_id, metric, used from settled_usage
            where scope_kind = 0 and period = @Month and (@TenantId::bigint is null or scope_id = @TenantId)) a
          group by scope_id, metric),
        rollup_sum as (
          select tenant_id, metric, sum(value) as units from usage_rollup
          where month = @Month and (@TenantId::bigint is null or tenant_id = @TenantId)
          group by tenant_id, metric)
        select tenant_id as TenantId, metric, coalesce(c.units, 0)::bigint as CountedUnits,
          coalesce(l.counted, 0)::bigint as CountedLedgerUnits, coalesce(r.units, 0)::bigint as SummedUnits,
          coalesce(l.summed, 0)::bigint as SummedLedgerUnits
        from ledger_sum l
        full join counter c using (tenant_id, metric)
        full join rollup_sum r using (tenant_id, metric)
        where coalesce(c.units, 0) <> 0 or coalesce(l.counted, 0) <> 0 or coalesce(r.units, 0) <> 0
          or coalesce(l.summed, 0) <> 0
        order by tenant_id, metric
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
        var rows = await db.ListSlowlyAsync<Drift>(
            Compare, new { Month = month.Value, TenantId = tenantId }, TimeoutSeconds, ct);
        await transaction.CommitAsync(ct);
        return rows;
    }
}
