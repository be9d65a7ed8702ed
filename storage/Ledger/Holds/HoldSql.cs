namespace Sluice.Storage.Ledger.Holds;

/// <summary>Statements on the holds of settled sessions.</summary>
internal static class HoldSql
{
    /// <summary>
    /// Locks the lines that a table <c>change</c> (k, i, m, p, s, n, h, u) is about, in one order, so that batches and
    /// sweeps wait for each other in turn.
    /// </summary>
    private const string Locked =
        """
        locked as (
          select l.scope_kind as k, l.scope_id as i, l.metric as m, l.period as p, l.session_id as s
          from hold_line l join change c on l.scope_kind = c.k and l.scope_id = c.i and l.metric = c.m
            and l.period = c.p and l.session_id = c.s
          order by 1, 2, 3, 4, 5 for update of l)
        """;

    private const string Update =
        """
        update hold_line l set open = l.open - c.n, held = l.held - c.h, used = l.used + c.u
        from change c join locked using (k, i, m, p, s)
        where l.scope_kind = c.k and l.scope_id = c.i and l.metric = c.m and l.period = c.p and l.session_id = c.s
        """;

    /// <summary>Reads the counters of a hold. Parameter: the id of its reservation's entry.</summary>
    public const string Find =
        "select scope_kinds, scope_ids, metrics, periods, rights, extra from open_hold where id = $1";

    /// <summary>Reads the lines of scopes. Parameters: kinds, ids.</summary>
    public const string OfScopes =
        """
        select scope_kind, scope_id, session_id, metric, period, open, held, used from hold_line
        where (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
        """;

    /// <summary>Reads the lines of a session.</summary>
    public const string OfSession =
        """
        select scope_kind, scope_id, session_id, metric, period, open, held, used from hold_line where session_id = $1
        """;

    /// <summary>
    /// Locks sessions against their settlement, as far as none is under way. Says of each whether it is settled, and
    /// whether it is locked now.
    /// </summary>
    public const string LockSessions =
        """
        select e.id, coalesce(l.settled, false), l.id is not null
        from edge_session e
        left join (
          select id, settled_at is not null as settled from edge_session where id = any($1) order by id
          for key share skip locked) l on l.id = e.id
        where e.id = any($1)
        """;

    /// <summary>Locks the rows of holds; returns those that there are.</summary>
    public const string LockHolds = "select id from open_hold where id = any($1) order by id for update";

    /// <summary>Ends holds whose rows are locked.</summary>
    public const string Delete = "delete from open_hold where id = any($1)";

    /// <summary>Moves the expiry of holds.</summary>
    public const string Prolong =
        """
        update open_hold h set expires_at = greatest(h.expires_at, n.at)
        from unnest($1::uuid[], $2::timestamptz[]) as n(id, at) where h.id = n.id
        """;

    /// <summary>Changes the lines of holds that end. Parameters: columns of a row for each hold and counter.</summary>
    public const string Change =
        $"""
        with change as (
          select k, i, m, p, s, count(*)::integer as n, sum(h)::bigint as h, sum(u)::bigint as u
          from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::integer[], $5::bigint[], $6::bigint[],
            $7::bigint[]) as c(k, i, m, p, s, h, u)
          group by 1, 2, 3, 4, 5),
        {Locked}
        {Update}
        """;

    /// <summary>
    /// Ends holds that have expired, by the store's clock and the node's, except those that a batch is ending.
    /// Parameters: how many, the time of the node. Returns their number.
    /// </summary>
    public const string Sweep =
        $"""
        with due as materialized (
          select * from open_hold where expires_at <= least(now(), $2)
          order by id limit $1 for update skip locked),
        gone as (delete from open_hold h using due where h.id = due.id returning h.id),
        change as (
          select c.k, c.i, c.m, c.p, due.session_id as s, count(*)::integer as n, sum(c.r + c.x)::bigint as h, 0 as u
          from due, unnest(due.scope_kinds, due.scope_ids, due.metrics, due.periods, due.rights, due.extra)
            as c(k, i, m, p, r, x)
          group by 1, 2, 3, 4, 5),
        {Locked},
        changed as ({Update} returning 1)
        select (select count(*) from gone), (select count(*) from changed)
        """;

    /// <summary>
    /// Writes the holds of a session. Parameters: the session; ids and expiries; then, for each of their counters, the
    /// number of its hold from 1, and what is held.
    /// </summary>
    public const string HandOver =
        """
        insert into open_hold (id, session_id, expires_at, scope_kinds, scope_ids, metrics, periods, rights, extra)
        select h.id, $1, h.at, array_agg(l.k order by l.n), array_agg(l.i order by l.n), array_agg(l.m order by l.n),
          array_agg(l.p order by l.n), array_agg(l.r order by l.n), array_agg(l.x order by l.n)
        from unnest($2::uuid[], $3::timestamptz[]) with ordinality as h(id, at, number)
        join unnest($4::integer[], $5::smallint[], $6::bigint[], $7::smallint[], $8::integer[], $9::bigint[],
          $10::bigint[]) with ordinality as l(hold, k, i, m, p, r, x, n) on l.hold = h.number
        group by h.id, h.at
        """;

    /// <summary>Writes the lines of a session. Parameters: the session, then columns.</summary>
    public const string Lines =
        """
        insert into hold_line (session_id, scope_kind, scope_id, metric, period, open, held, used)
        select $1, c.*, 0 from unnest($2::smallint[], $3::bigint[], $4::smallint[], $5::integer[], $6::integer[],
          $7::bigint[]) as c(k, i, m, p, o, h)
        """;

    /// <summary>
    /// Returns the rights behind the holds of a session: from now on they are held by its lines. Parameters: the
    /// session, then columns.
    /// </summary>
    public const string Rights =
        """
        update lease l set returned = least(l.granted, l.returned + c.r)
        from unnest($2::smallint[], $3::bigint[], $4::smallint[], $5::integer[], $6::bigint[]) as c(k, i, m, p, r)
        where l.session_id = $1 and l.scope_kind = c.k and l.scope_id = c.i and l.metric = c.m and l.period = c.p
        """;

    /// <summary>
    /// Adds the lines of scopes in which no hold is open any more to the totals of settled sessions. Only an activation
    /// does so: older ones, which would still read them, are deposed by it.
    /// </summary>
    public const string Fold =
        """
        with over as (
          delete from hold_line where open = 0
            and (scope_kind, scope_id) in (select * from unnest($1::smallint[], $2::bigint[]))
          returning *)
        insert into settled_usage (scope_kind, scope_id, metric, period, used, burnt)
        select scope_kind, scope_id, metric, period, sum(used), 0 from over group by 1, 2, 3, 4
        on conflict (scope_kind, scope_id, metric, period) do update set used = settled_usage.used + excluded.used
        """;
}
