namespace Sluice.Storage.Reports.Statements;

/// <summary>SQL statements of <see cref="StatementStore"/>.</summary>
internal static class StatementSql
{
    /// <summary>
    /// Selects all usage of the month; and, of closed months before it, usage that no statement since has included.
    /// </summary>
    private const string UsedFrom =
        """
        with used as (
          select r.month, r.project_id, r.seat_id, r.key_id, r.member, r.model, r.metric,
            sum(r.value) as value, sum(r.unpriced) as unpriced
          from
        """;

    private const string UsedWhere =
        """
          r where r.tenant_id = @TenantId and r.month between @From and @Period
            and (r.month = @Period or exists (
              select from statement s where s.tenant_id = r.tenant_id and s.period = r.month))
          group by r.month, r.project_id, r.seat_id, r.key_id, r.member, r.model, r.metric),
        stated as (
          select usage_period, key_id, member, model, metric, sum(value) as value, sum(unpriced) as unpriced
          from statement_line where tenant_id = @TenantId and usage_period between @From and @Period
          group by usage_period, key_id, member, model, metric)
        """;

    /// <summary>The sums by quarters of an hour have all usage; those by days have it since they are made.</summary>
    private const string Used = $"{UsedFrom} usage_rollup {UsedWhere}";

    private const string UsedByDays = $"{UsedFrom} usage_day {UsedWhere}";

    private const string Rest =
        """
        from used u
        left join stated s on s.usage_period = u.month and s.key_id = u.key_id and s.member = u.member
          and s.model = u.model and s.metric = u.metric
        """;

    private const string Columns =
        """
        select @TenantId as tenant_id, @Period as period, u.month as usage_period,
          case when u.seat_id <> 0 then 2 when u.project_id <> 0 then 1 else 0 end as holder_kind,
          case when u.seat_id <> 0 then u.seat_id when u.project_id <> 0 then u.project_id
            else coalesce(k.member_id, 0) end as holder_id,
          case when u.seat_id <> 0 then coalesce(holder.user_name, '') when u.project_id <> 0 then coalesce(p.name, '')
            else coalesce(holder.user_name, '') end as holder_name,
          u.key_id, coalesce(k.name, '') as key_name, u.member, u.model, u.metric,
          (u.value - coalesce(s.value, 0))::bigint as value, (u.unpriced - coalesce(s.unpriced, 0))::bigint as unpriced
        """;

    private const string Names =
        """
        left join api_key k on k.id = u.key_id
        left join project p on p.id = u.project_id
        left join member holder on holder.id = k.member_id
        where u.value <> coalesce(s.value, 0) or u.unpriced <> coalesce(s.unpriced, 0)
        """;

    /// <summary>Writes the lines of a month that is being closed.</summary>
    public const string WriteLines =
        $"""
        {Used}
        insert into statement_line (tenant_id, period, usage_period, holder_kind, holder_id, holder_name, key_id,
          key_name, member, model, metric, value, unpriced)
        {Columns} {Rest} {Names}
        """;

    /// <summary>Selects the lines that a month would have if it were closed now.</summary>
    public static string OpenLines(bool byDays) =>
        $"""
        {(byDays ? UsedByDays : Used)}
        select period, usage_period as UsagePeriod, holder_kind as HolderKind, holder_id as HolderId,
          holder_name as HolderName, key_id as KeyId, key_name as KeyName, member, model, metric, value, unpriced
        from ({Columns} {Rest} {Names}) line
        {Order}
        """;

    /// <summary>
    /// Adds them up by metric. What statements have is part of what was used, so that its sum can be taken off without
    /// looking for its lines.
    /// </summary>
    public static string OpenTotals(bool byDays) =>
        $"""
        select @Period as period, metric, sum(value)::bigint as Value, sum(unpriced)::bigint as Unpriced
        from (
          select r.metric, r.value, r.unpriced
          from {(byDays ? "usage_day" : "usage_rollup")} r
          where r.tenant_id = @TenantId and (r.month = @Period or r.month in (
            select s.period from statement s
            where s.tenant_id = @TenantId and s.period between @From and @Period))
          union all
          select metric, -value, -unpriced
          from statement_line where tenant_id = @TenantId and usage_period between @From and @Period) u
        group by metric
        having sum(value) <> 0 or sum(unpriced) <> 0
        order by metric
        """;

    /// <summary>The order of the lines of a statement.</summary>
    public const string Order =
        """
        order by usage_period, holder_kind, holder_name, holder_id, key_name, key_id, model, member, metric
        """;
}
