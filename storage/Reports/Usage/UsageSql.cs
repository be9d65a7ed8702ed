namespace Sluice.Storage.Reports.Usage;

/// <summary>SQL statements of <see cref="UsageStore"/>.</summary>
internal static class UsageSql
{
    /// <summary>Filters usage to the part that a plain member may see.</summary>
    public const string Seen =
        """
        (@SeesAll or project_id = any(@Projects)
         or key_id in (select id from api_key where tenant_id = @TenantId and member_id = @MemberId))
        """;

    /// <summary>
    /// Caps sums: a period's counter can't exceed 64 bits, but the sum of many periods could, and the largest number is
    /// better than no answer.
    /// </summary>
    public const string Most = "9223372036854775807";

    private const string ByQuarters =
        "from usage_rollup where tenant_id = @TenantId and bucket >= @From and bucket < @To";

    private const string ByDays = "from usage_day where tenant_id = @TenantId and day >= @FromDay and day < @ToDay";

    private const string Filters =
        $"""
          and (@Metric::smallint is null or metric = @Metric)
          and (@ProjectId::bigint is null or project_id = @ProjectId)
          and (@KeyId::bigint is null or key_id = @KeyId) and (@SeatId::bigint is null or seat_id = @SeatId)
          and (@Member::text is null or member = @Member) and (@Model::text is null or model = @Model)
          and (@OwnedBy::bigint is null or member = @OwnLabel
               or key_id in (select id from api_key where tenant_id = @TenantId and member_id = @OwnedBy))
          and {Seen}
        """;

    /// <summary>Returns the statement that sums usage by the groups of a query.</summary>
    public static string SumOf(UsageQuery query)
    {
        var byDays = query.Days is not null;
        var columns = query.GroupBy.Distinct().Select(group => ColumnOf(group, byDays)).ToArray();
        var select = string.Concat(columns.Select(static column => $"{column.Sql} as {column.Name}, "));
        var used = (byDays ? ByDays : ByQuarters) + Filters;
        if (query.Top is { } top)
            return KeptOf(top, columns.Select(static column => column.Name).ToArray(), select, used);
        var positions = Positions(columns.Length + 1);
        return $"""
            select {select}metric, least(sum(value), {Most})::bigint as Value
            {used}
            group by {positions} order by {positions} limit @Limit
            """;
    }

    /// <summary>Returns the statement that reads the largest values of each group, in one pass.</summary>
    public static string LargestOf(UsageQuery query)
    {
        var byDays = query.Days is not null;
        var columns = query.GroupBy.Distinct().Select(group => ColumnOf(group, byDays)).ToArray();
        var names = string.Join(", ", columns.Select(static column => column.Name));
        var sets = string.Join(", ", columns.Select(static column => $"({column.Name})"));
        return $"""
            with used as (
              select {string.Join(", ", columns.Select(static column => $"{column.Sql} as {column.Name}"))}, value
              {(byDays ? ByDays : ByQuarters) + Filters}),
            sums as (
              select {names}, grouping({names}) as by_group, sum(value) as amount
              from used group by grouping sets ({sets})),
            ranked as (
              select *, row_number() over (partition by by_group order by amount desc, {names}) as place from sums)
            select {names}, @Metric::smallint as Metric, least(amount, {Most})::bigint as Value
            from ranked where place <= @Limit order by by_group, place
            """;
    }

    /// <summary>
    /// Returns the statement that keeps some values of a group, chosen over the whole span, and sums up the others as
    /// one row without a value. No value of the table is null, so a null of the join means "other".
    /// </summary>
    private static string KeptOf(UsageTop top, IReadOnlyList<string> columns, string select, string source)
    {
        var kept = ColumnOf(top.Group, byDays: false).Name;
        var shown = string.Concat(columns.Select(name => name == kept ? $"kept.{name}, " : $"used.{name}, "));
        // The groups, whether it is the row of all others, and the metric.
        var positions = Positions(columns.Count + 2);
        return $"""
            with used as (
              select {select}metric, sum(value) as amount
              {source}
              group by {Positions(columns.Count + 1)}),
            kept as (
              select {kept} from used
              where @KeptValues::text[] is null or {kept}::text = any(@KeptValues)
              group by {kept} order by sum(amount) desc, {kept} limit @KeptCount)
            select {shown}kept.{kept} is null as IsOther, metric, least(sum(amount), {Most})::bigint as Value
            from used left join kept on kept.{kept} = used.{kept}
            group by {positions} order by {positions} limit @Limit
            """;
    }

    /// <summary>Groups by position, so that the columns are written once.</summary>
    private static string Positions(int count) => string.Join(", ", Enumerable.Range(1, count));

    private static (string Name, string Sql) ColumnOf(UsageGroup group, bool byDays) => group switch
    {
        UsageGroup.Month when byDays => ("Month", "width_bucket(day, @MonthDays)"),
        UsageGroup.Day when byDays => ("Day", "day - @FromDay::date + 1"),
        UsageGroup.Month => ("Month", "width_bucket(bucket, @Months)"),
        UsageGroup.Day => ("Day", "width_bucket(bucket, @Days)"),
        UsageGroup.Hour => ("Hour", HourCuts.Sql),
        UsageGroup.Project => ("ProjectId", "project_id"),
        UsageGroup.Key => ("KeyId", "key_id"),
        UsageGroup.Seat => ("SeatId", "seat_id"),
        UsageGroup.Member => ("Member", "member"),
        UsageGroup.Model => ("Model", "model"),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "not a group"),
    };
}
