namespace Sluice.Storage.Ledger.Leases;

/// <summary>SQL statements of <see cref="LeaseStore"/>; parameters are columns of rows.</summary>
internal static class PersistSql
{
    /// <summary>
    /// Begins every transaction that locks epochs: if its node goes to sleep, the store ends the transaction after this
    /// time, so that another node can take over. In that case nothing is written.
    /// </summary>
    public const string EndIfAsleep = "set local idle_in_transaction_session_timeout = '5s'";

    public const string LockEpochs =
        """
        select b.line
        from unnest($1::smallint[], $2::bigint[], $3::bigint[]) with ordinality as b(kind, id, epoch, line)
        join authority_epoch a on a.scope_kind = b.kind and a.scope_id = b.id and a.epoch = b.epoch
        order by b.kind, b.id for share of a
        """;

    /// <summary>
    /// Writes leases. Totals only rise: greatest() makes a repeated or late write harmless. Fenced sessions get
    /// nothing.
    /// </summary>
    public const string Leases =
        """
        insert into lease (scope_kind, scope_id, metric, period, session_id, granted, returned, memory)
        select r.* from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::integer[], $5::bigint[], $6::bigint[],
          $7::bigint[], $8::boolean[]) as r(kind, id, metric, period, session, granted, returned, memory)
        join edge_session e on e.id = r.session and e.fenced_at is null
        on conflict (scope_kind, scope_id, metric, period, session_id) do update set
          granted = greatest(lease.granted, excluded.granted),
          returned = greatest(lease.returned, excluded.returned),
          memory = lease.memory or excluded.memory
        """;

    public const string Fenced = "select id from edge_session where id = any($1) and fenced_at is not null";

    /// <summary>
    /// Writes threshold marks, which only rise. If one rises to fired or resolved, the same statement writes the event
    /// to notify of, with its recipients as of now: the limit may be gone a moment later.
    /// </summary>
    public const string Marks =
        """
        with marked as (
          insert into threshold_mark (limit_id, limit_kind, source, period, scope_kind, scope_id, metric, mark, value,
            used, refused, at)
          select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::integer[], $5::smallint[],
            $6::bigint[], $7::smallint[], $8::smallint[], $9::bigint[], $10::bigint[], $11::bigint[],
            $12::timestamptz[])
          on conflict (limit_id, value, period) do update set mark = excluded.mark, used = excluded.used,
            refused = excluded.refused, at = excluded.at
          where threshold_mark.mark < excluded.mark
          returning *)
        insert into transition (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric,
          period, used, refused, at, recipients)
        select s.tenant_id, case when m.mark = 3 then 2 when m.refused > 0 then 1 else 0 end, m.limit_id,
          m.limit_kind, m.source, m.value, m.scope_kind, m.scope_id, m.metric, m.period, m.used, m.refused, m.at,
          coalesce(
            (select u.recipients from usage_limit u where u.id = m.limit_id),
            (select u.recipients from usage_limit u where u.scope_kind = m.scope_kind and u.scope_id = m.scope_id
               and u.metric = m.metric and u.source = m.source and u.kind = m.limit_kind order by u.id limit 1),
            '{}')
        from marked m
        cross join lateral (select tenant_of(m.scope_kind, m.scope_id) as tenant_id) s
        where m.mark > 1 and s.tenant_id is not null
        on conflict do nothing
        """;

    public const string Armed =
        """
        insert into threshold_armed (limit_id, value, scope_kind, scope_id)
        select * from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[]) on conflict do nothing
        """;

    public const string Effective =
        """
        update limit_version v set effective = r.version
        from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as r(kind, id, version)
        where v.scope_kind = r.kind and v.scope_id = r.id and v.effective < r.version
        """;

    public const string RaiseEpochs =
        """
        insert into authority_epoch (scope_kind, scope_id, epoch)
        select kind, id, 1 from unnest($1::smallint[], $2::bigint[]) as s(kind, id) order by kind, id
        on conflict (scope_kind, scope_id) do update set epoch = authority_epoch.epoch + 1
        returning scope_kind, scope_id, epoch
        """;

    /// <summary>Folds the totals of settled sessions into one row per counter, once.</summary>
    public const string Fold =
        """
        with accounts as (
          delete from usage_account a using edge_session e
          where e.id = a.session_id and e.settled_at is not null
            and (a.scope_kind, a.scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
          returning a.*),
        leases as (
          delete from lease l using edge_session e
          where e.id = l.session_id and e.settled_at is not null
            and (l.scope_kind, l.scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
          returning l.*),
        ended as (
          select coalesce(a.scope_kind, l.scope_kind) as scope_kind, coalesce(a.scope_id, l.scope_id) as scope_id,
            coalesce(a.metric, l.metric) as metric, coalesce(a.period, l.period) as period,
            coalesce(a.used + a.extra, 0) as used,
            case when l.memory then greatest(0, l.granted - l.returned - coalesce(a.used, 0)) else 0 end as burnt
          from accounts a full join leases l on l.scope_kind = a.scope_kind and l.scope_id = a.scope_id
            and l.metric = a.metric and l.period = a.period and l.session_id = a.session_id)
        insert into settled_usage (scope_kind, scope_id, metric, period, used, burnt)
        select scope_kind, scope_id, metric, period, sum(used), sum(burnt) from ended group by 1, 2, 3, 4
        on conflict (scope_kind, scope_id, metric, period)
        do update set used = settled_usage.used + excluded.used, burnt = settled_usage.burnt + excluded.burnt
        """;

    public const string ReadLimits =
        """
        select v.scope_kind, v.scope_id, v.version, v.effective from limit_version v
        where (v.scope_kind, v.scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
        """;

    public const string ReadThresholds =
        """
        select u.scope_kind, u.scope_id, u.id, u.metric, u.period, u.kind, u.source, u.value,
          coalesce(u.boosted_value, 0), u.boosted_until, coalesce(s.credits_base, 0), s.credits_base_until
        from usage_limit u
        left join seat s on u.scope_kind = 2 and u.metric = 1 and u.period = 0 and s.id = u.scope_id
          and s.credits_base > 0
        where (u.scope_kind, u.scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
        order by u.id
        """;

    public const string ReadAccounts =
        """
        select coalesce(a.scope_kind, l.scope_kind), coalesce(a.scope_id, l.scope_id), coalesce(a.metric, l.metric),
          coalesce(a.period, l.period), coalesce(a.session_id, l.session_id), coalesce(l.granted, 0),
          coalesce(l.returned, 0), coalesce(a.used, 0), coalesce(a.extra, 0), coalesce(l.memory, false)
        from (select * from usage_account where (scope_kind, scope_id) in
            (select * from unnest($1::smallint[], $2::bigint[]))) a
        full join (select * from lease where (scope_kind, scope_id) in
            (select * from unnest($1::smallint[], $2::bigint[]))) l
          on l.scope_kind = a.scope_kind and l.scope_id = a.scope_id and l.metric = a.metric
          and l.period = a.period and l.session_id = a.session_id
        where coalesce(a.period, l.period) = 0 or coalesce(a.period, l.period)
            >= case when coalesce(a.period, l.period) < 1000000 then $3 else $3 * 100 end
        order by 1, 2, 3, 4, 5
        """;

    public const string ReadSettled =
        """
        select scope_kind, scope_id, metric, period, used, burnt from settled_usage
        where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
          and (period = 0 or period >= case when period < 1000000 then $3 else $3 * 100 end)
        order by 1, 2, 3, 4
        """;

    public const string ReadMarks =
        """
        select scope_kind, scope_id, limit_id, metric, period, mark, value, used, refused, at, limit_kind, source
        from threshold_mark
        where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
          and (period = 0 or period >= case when period < 1000000 then $3 else $3 * 100 end)
        """;

    public const string ReadArmed =
        """
        select scope_kind, scope_id, limit_id, value from threshold_armed
        where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
        """;

    /// <summary>
    /// Reads the sessions. Runs before all other reads, and keeps sessions from being settled until they are done:
    /// otherwise the accounts of a session could be read as they were before its settlement, while the session itself
    /// is taken for one that has ended. Batches and fences continue; they don't conflict with this lock.
    /// </summary>
    public const string ReadSessions =
        "select id from edge_session where settled_at is null order by id for key share";
}
