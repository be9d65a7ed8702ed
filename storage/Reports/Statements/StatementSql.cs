namespace Sluice.Storage.Reports.Statements;

/// <summary>SQL statements of <see cref="StatementStore"/>.</summary>
internal static class StatementSql
{
    /// <summary>
    /// Which months an open one has usage of: its own; and those closed before it, if they have usage that no
    /// statement has. Where totals of months are not whole yet, that is found out with the lines.
    /// </summary>
    public const string MonthsOfOpen =
        """
        select t.day_sums_from <= @Day as HasDays, array(
          select s.period from statement s
          where s.tenant_id = t.id and s.period between @From and @Period - 1 and (t.day_sums_from > @Day or exists (
            select from (
              select metric, value, unpriced from usage_month where tenant_id = t.id and month = s.period
              union all
              select metric, -value, -unpriced from statement_total
              where tenant_id = t.id and period >= s.period and usage_period = s.period) u
            group by metric having sum(value) <> 0 or sum(unpriced) <> 0))) as Closed
        from tenant t where t.id = @TenantId
        """;

    /// <summary>Selects all usage of the months, and what statements have of it.</summary>
    private static string Used(string sums) =>
        $"""
        with used as (
          select month, project_id, seat_id, key_id, member, model, metric, sum(value) as value,
            sum(unpriced) as unpriced
          from {sums} where tenant_id = @TenantId and month = any(@Months)
          group by month, project_id, seat_id, key_id, member, model, metric),
        stated as (
          select usage_period, key_id, member, model, metric, sum(value) as value, sum(unpriced) as unpriced
          from statement_line
          where tenant_id = @TenantId and period >= @First and usage_period = any(@Months)
          group by usage_period, key_id, member, model, metric)
        """;

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

    /// <summary>Writes the totals of a month that is being closed, after its lines.</summary>
    public const string WriteTotals =
        """
        insert into statement_total (tenant_id, period, usage_period, metric, value, unpriced)
        select tenant_id, period, usage_period, metric, sum(value), sum(unpriced) from statement_line
        where tenant_id = @TenantId and period = @Period
        group by tenant_id, period, usage_period, metric
        """;

    /// <summary>Writes the lines of a month that is being closed.</summary>
    public static string WriteLines { get; } =
        $"""
        {Used("usage_rollup")}
        insert into statement_line (tenant_id, period, usage_period, holder_kind, holder_id, holder_name, key_id,
          key_name, member, model, metric, value, unpriced)
        {Columns} {Rest} {Names}
        """;

    /// <summary>Selects the lines that a month would have if it were closed now.</summary>
    public static string OpenLines(bool byDays) =>
        $"""
        {Used(byDays ? "usage_day" : "usage_rollup")}
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
          select metric, value, unpriced from {(byDays ? "usage_month" : "usage_rollup")}
          where tenant_id = @TenantId and month = any(@Months)
          union all
          select metric, -value, -unpriced from statement_total
          where tenant_id = @TenantId and period >= @First and usage_period = any(@Months)) u
        group by metric
        having sum(value) <> 0 or sum(unpriced) <> 0
        order by metric
        """;

    private const string MonthTotals =
        "select month, project_id, seat_id, key_id, model, metric, value, unpriced from usage_month";

    /// <summary>The sums by quarters of an hour with the same columns.</summary>
    private const string QuarterTotals =
        """
        select month, project_id, seat_id, case when seat_id = 0 and project_id <> 0 then 0 else key_id end as key_id,
          model, metric, value, unpriced
        from usage_rollup
        """;

    /// <summary>
    /// Adds a closed month up: by month of admission and holder, and by model. The names are those of its day.
    /// </summary>
    public const string ClosedParts =
        """
        select usage_period as UsagePeriod, holder_kind as HolderKind, holder_id as HolderId,
          coalesce(max(holder_name), '') as HolderName, model, metric, sum(value)::bigint as Value,
          sum(unpriced)::bigint as Unpriced
        from statement_line where tenant_id = @TenantId and period = @Period
        group by grouping sets ((usage_period, holder_kind, holder_id, metric), (model, metric))
        order by usage_period, holder_kind, HolderName, holder_id, model, metric
        """;

    /// <summary>The same of an open month: what was used, less what statements have of it.</summary>
    public static string OpenParts(bool byDays) =>
        $"""
        with used as (
          select month, project_id, seat_id, key_id, model, metric, sum(value) as value, sum(unpriced) as unpriced
          from ({(byDays ? MonthTotals : QuarterTotals)} where tenant_id = @TenantId and month = any(@Months)) r
          group by month, project_id, seat_id, key_id, model, metric),
        part as (
          select u.month as usage_period,
            case when u.seat_id <> 0 then 2 when u.project_id <> 0 then 1 else 0 end as holder_kind,
            case when u.seat_id <> 0 then u.seat_id when u.project_id <> 0 then u.project_id
              else coalesce(k.member_id, 0) end as holder_id,
            u.model, u.metric, u.key_id, u.value, u.unpriced
          from used u left join api_key k on k.id = u.key_id
          union all
          select usage_period, holder_kind, holder_id, model, metric, key_id, -value, -unpriced
          from statement_line
          where tenant_id = @TenantId and period >= @First and usage_period = any(@Months)),
        summed as (
          select usage_period, holder_kind, holder_id, model, metric, max(key_id) as key_id,
            sum(value)::bigint as value, sum(unpriced)::bigint as unpriced
          from part
          group by grouping sets ((usage_period, holder_kind, holder_id, metric), (model, metric))
          having sum(value) <> 0 or sum(unpriced) <> 0)
        select s.usage_period as UsagePeriod, s.holder_kind as HolderKind, s.holder_id as HolderId,
          coalesce(p.name, m.user_name, '') as HolderName, s.model, s.metric, s.value, s.unpriced
        from summed s
        left join project p on s.holder_kind = 1 and p.id = s.holder_id
        left join api_key k on s.holder_kind <> 1 and k.id = s.key_id
        left join member m on m.id = k.member_id
        order by s.usage_period, s.holder_kind, HolderName, s.holder_id, s.model, s.metric
        """;

    /// <summary>The order of the lines of a statement.</summary>
    public const string Order =
        """
        order by usage_period, holder_kind, holder_name, holder_id, key_name, key_id, model, member, metric
        """;
}
