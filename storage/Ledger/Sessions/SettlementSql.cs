namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// Settles a fenced session: adds the usage that its ledger batches hold beyond its accounts and sums. First parameter:
/// the session. All statements are one transaction.
/// </summary>
internal static class SettlementSql
{
    /// <summary>
    /// Locks the session, because two nodes may try to settle it at the same time, and tells what is to be done: the
    /// checkpoint, and whether it wrote rows. No row if it is settled.
    /// </summary>
    public const string Claim =
        """
        select checkpoint, format is null, holds_from from edge_session
        where id = $1 and settled_at is null for update
        """;

    /// <summary>Updates the accounts; they are sorted.</summary>
    public const string Accounts =
        """
        insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch)
        select k, s, m, p, $1, u, 0, b
        from unnest($2::smallint[], $3::bigint[], $4::smallint[], $5::integer[], $6::bigint[], $7::bigint[])
          as a(k, s, m, p, u, b)
        on conflict (scope_kind, scope_id, metric, period, session_id)
        do update set used = usage_account.used + excluded.used, batch = excluded.batch
        """;

    /// <summary>
    /// Reads the labels of today of those tenants that have as many as are allowed. Parameters: tenants, the most
    /// labels of a tenant and day.
    /// </summary>
    public const string FullLabels =
        """
        select tenant_id, label from usage_label
        where day = (now() at time zone 'UTC')::date and tenant_id in (
          select tenant_id from usage_label
          where day = (now() at time zone 'UTC')::date and tenant_id = any($1)
          group by tenant_id having count(*) >= $2)
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
