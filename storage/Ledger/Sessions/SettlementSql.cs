namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// Settles a fenced session: adds the usage that its ledger batches hold beyond its accounts and sums. First parameter:
/// the session. All statements are one transaction, and on a second run they find nothing to do.
/// </summary>
internal static class SettlementSql
{
    /// <summary>Locks the session: two nodes may try to settle it at the same time.</summary>
    public const string Claim = "select 1 from edge_session where id = $1 for update";

    /// <summary>
    /// Updates the accounts. An account is as of its own batch, and at least as of the checkpoint. A batch with usage
    /// beyond rights on a limited counter always carries that account, so usage added here was under rights. Day and
    /// total counters exist only if a limit created them.
    /// </summary>
    public const string Accounts =
        """
        with tail as (
          select l.batch, l.tenant_id, l.project_id, l.seat_id, l.key_id, l.month, l.day, c.metric, c.units
          from edge_session e
          join ledger l on l.session_id = e.id and l.batch > e.checkpoint and l.kind in (0, 1, 3)
          cross join lateral unnest(l.metrics, l.units) as c(metric, units)
          where e.id = $1 and e.settled_at is null),
        counted as (
          select s.kind, s.id, t.metric, p.period, t.batch, t.units
          from tail t
          cross join lateral (values (0, t.tenant_id), (1, t.project_id), (2, t.seat_id), (3, t.key_id)) as s(kind, id)
          cross join lateral (values (t.month), (t.day), (0)) as p(period)
          where s.id <> 0 and (p.period = t.month
            or exists (select from usage_account a where a.session_id = $1 and a.scope_kind = s.kind
              and a.scope_id = s.id and a.metric = t.metric and a.period = p.period)
            or exists (select from lease a where a.session_id = $1 and a.scope_kind = s.kind
              and a.scope_id = s.id and a.metric = t.metric and a.period = p.period)))
        insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch)
        select c.kind, c.id, c.metric, c.period, $1, sum(c.units), 0, max(c.batch)
        from counted c
        left join usage_account a on a.scope_kind = c.kind and a.scope_id = c.id and a.metric = c.metric
          and a.period = c.period and a.session_id = $1
        where a.batch is null or c.batch > a.batch
        group by c.kind, c.id, c.metric, c.period
        on conflict (scope_kind, scope_id, metric, period, session_id)
        do update set used = usage_account.used + excluded.used, batch = excluded.batch
        """;

    /// <summary>
    /// Updates the sums, and returns what was added. More parameters: the most labels of a tenant and day, the label
    /// that stands for others.
    /// </summary>
    public const string Rollups =
        """
        with tail as (
          select l.*, (now() at time zone 'UTC')::date as today from edge_session e
          join ledger l on l.session_id = e.id and l.batch > e.checkpoint and l.kind in (0, 1, 3)
          where e.id = $1 and e.settled_at is null),
        filled as (
          select tenant_id from usage_label where (tenant_id, day) in (select tenant_id, today from tail)
          group by tenant_id having count(*) >= $2),
        added as (
        select l.tenant_id, date_bin('15 minutes', l.at, 'epoch') as bucket, l.month, l.key_id,
          max(l.project_id) as project_id, max(l.seat_id) as seat_id, s.member, s.model, c.metric,
          sum(c.units)::bigint as value,
          sum(case when l.unpriced & (1 << (c.line - 1)::integer) <> 0 then c.units else 0 end)::bigint as unpriced
        from tail l
        left join filled f on f.tenant_id = l.tenant_id
        cross join lateral (select
          case when f.tenant_id is null or l.member = '' or exists (select from usage_label u
              where u.tenant_id = l.tenant_id and u.day = l.today and u.label = l.member)
            then l.member else $3 end as member,
          case when f.tenant_id is null or l.model = '' or exists (select from usage_label u
              where u.tenant_id = l.tenant_id and u.day = l.today and u.label = l.model)
            then l.model else $3 end as model) s
        cross join lateral unnest(l.metrics, l.units) with ordinality as c(metric, units, line)
        where c.units > 0
        group by l.tenant_id, date_bin('15 minutes', l.at, 'epoch'), l.month, l.key_id, s.member, s.model, c.metric),
        summed as (
        insert into usage_rollup
          (tenant_id, bucket, month, key_id, project_id, seat_id, member, model, metric, value, unpriced)
        select * from added
        on conflict (tenant_id, bucket, key_id, member, model, metric, month)
        do update set value = usage_rollup.value + excluded.value, unpriced = usage_rollup.unpriced + excluded.unpriced)
        select tenant_id, bucket, month, key_id, project_id, seat_id, member, model, metric, value, unpriced
        from added
        """;

    /// <summary>
    /// Writes the totals of a settled session: its usage, and rights that may have been used without reaching the
    /// ledger.
    /// </summary>
    public const string Left =
        """
        select coalesce(a.scope_kind, l.scope_kind), coalesce(a.scope_id, l.scope_id), coalesce(a.metric, l.metric),
          coalesce(a.period, l.period), coalesce(a.used + a.extra, 0),
          case when l.memory then greatest(0, l.granted - l.returned - coalesce(a.used, 0)) else 0 end
        from (select * from usage_account where session_id = $1) a
        full join (select * from lease where session_id = $1) l on l.scope_kind = a.scope_kind
          and l.scope_id = a.scope_id and l.metric = a.metric and l.period = a.period
        """;

    public const string Done =
        "update edge_session set settled_at = now(), checkpoint = batch where id = $1 and settled_at is null";
}
