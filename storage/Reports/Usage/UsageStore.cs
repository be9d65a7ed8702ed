using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;

namespace Sluice.Storage.Reports.Usage;

/// <summary>Reads settled usage, added up.</summary>
public sealed class UsageStore([FromKeyedServices(ReportSource.Key)] NpgsqlDataSource source)
{
    /// <summary>Filters usage to the part that a plain member may see.</summary>
    private const string Seen =
        """
        (@SeesAll or project_id = any(@Projects)
         or key_id in (select id from api_key where tenant_id = @TenantId and member_id = @MemberId))
        """;

    /// <summary>
    /// Caps sums: a period's counter can't exceed 64 bits, but the sum of many periods could, and the largest number is
    /// better than no answer.
    /// </summary>
    private const string Most = "9223372036854775807";

    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(15);

    private sealed record Stretch(int Position, long Value);

    private sealed record Sum
    {
        public int? Month { get; init; }

        public int? Day { get; init; }

        public DateTimeOffset? Hour { get; init; }

        public long? ProjectId { get; init; }

        public long? KeyId { get; init; }

        public long? SeatId { get; init; }

        public string? Member { get; init; }

        public string? Model { get; init; }

        public required short Metric { get; init; }

        public required long Value { get; init; }
    }

    /// <summary>
    /// Sums usage. Returns at most <see cref="UsageQuery.MaxRows"/> plus one: that extra row means that there are too
    /// many.
    /// </summary>
    public async Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken ct)
    {
        var from = StartOfBucket(query.From);
        var columns = query.GroupBy.Distinct().Select(ColumnOf).ToArray();
        var select = string.Concat(columns.Select(static column => $"{column.Sql} as {column.Name}, "));
        // Grouped by position, so that the columns are written once: the groups, then the metric.
        var positions = string.Join(", ", Enumerable.Range(1, columns.Length + 1));
        var months = new PeriodCuts(query.Calendar, PeriodKind.Month, from, query.To);
        var days = new PeriodCuts(query.Calendar, PeriodKind.Day, from, query.To);
        var hours = new HourCuts(query.Calendar, from, query.To);

        await using var db = await source.OpenConnectionAsync(ct);
        var sums = await db.ListAsync<Sum>(
            $"""
            select {select}metric, least(sum(value), {Most})::bigint as Value
            from usage_rollup
            where tenant_id = @TenantId and bucket >= @from and bucket < @To
              and (@Metric::smallint is null or metric = @Metric)
              and (@ProjectId::bigint is null or project_id = @ProjectId)
              and (@KeyId::bigint is null or key_id = @KeyId) and (@SeatId::bigint is null or seat_id = @SeatId)
              and (@Member::text is null or member = @Member) and (@Model::text is null or model = @Model)
              and (@OwnedBy::bigint is null or member = @OwnLabel
                   or key_id in (select id from api_key where tenant_id = @TenantId and member_id = @OwnedBy))
              and {Seen}
            group by {positions} order by {positions} limit @Limit
            """,
            new
            {
                query.TenantId,
                from,
                query.To,
                Metric = query.Metric?.Value,
                query.ProjectId,
                query.KeyId,
                query.SeatId,
                query.Member,
                query.Model,
                query.OwnedBy,
                OwnLabel = query.OwnedBy is { } own ? IdText.Format(IdText.Member, own) : null,
                SeesAll = query.Visibility is null,
                Projects = query.Visibility?.ProjectIds.ToArray() ?? [],
                MemberId = query.Visibility?.MemberId ?? 0,
                Months = months.Starts,
                Days = days.Starts,
                HourChanges = hours.Changes,
                HourOrigins = hours.Origins,
                Limit = UsageQuery.MaxRows + 1,
            },
            ct);
        return [.. sums.Select(sum => RowOf(sum, months, days))];
    }

    /// <summary>Returns one sum for each interval between two bounds, in order; 0 if nothing was used.</summary>
    public async Task<IReadOnlyList<long>> TrendAsync(TrendQuery query, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var stretches = await db.ListAsync<Stretch>(
            $"""
            select width_bucket(bucket, @Bounds) as Position, sum(value)::bigint as Value
            from usage_rollup
            where tenant_id = @TenantId and bucket >= @From and bucket < @To and metric = @Metric
              and (@ProjectId::bigint is null or project_id = @ProjectId) and {Seen}
            group by 1
            """,
            new
            {
                query.TenantId,
                Bounds = query.Bounds.ToArray(),
                From = query.Bounds[0],
                To = query.Bounds[^1],
                Metric = query.Metric.Value,
                query.ProjectId,
                SeesAll = query.Visibility is null,
                Projects = query.Visibility?.ProjectIds.ToArray() ?? [],
                MemberId = query.Visibility?.MemberId ?? 0,
            },
            ct);

        // PostgreSQL counts from 1, and omits intervals without usage.
        var sums = new long[query.Bounds.Count - 1];
        foreach (var stretch in stretches)
            sums[stretch.Position - 1] = stretch.Value;
        return sums;
    }

    /// <summary>Lists usage without a price, of all tenants, from one instant up to another.</summary>
    public async Task<IReadOnlyList<UnpricedRow>> UnpricedAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<UnpricedRow>(
            $"""
            select tenant_id as TenantId, model, metric, least(sum(unpriced), {Most})::bigint as Value,
                   min(bucket) as FirstAt, max(bucket) as LastAt
            from usage_rollup
            where unpriced > 0 and bucket >= @From and bucket < @To
            group by tenant_id, model, metric order by tenant_id, model, metric limit @Limit
            """,
            new { From = StartOfBucket(from), To = to, Limit = UsageQuery.MaxRows },
            ct);
    }

    private static (string Name, string Sql) ColumnOf(UsageGroup group) => group switch
    {
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

    private static UsageRow RowOf(Sum sum, PeriodCuts months, PeriodCuts days) => new()
    {
        Month = sum.Month is { } month ? months[month] : null,
        Day = sum.Day is { } day ? days[day] : null,
        Hour = sum.Hour,
        ProjectId = sum.ProjectId,
        KeyId = sum.KeyId,
        SeatId = sum.SeatId,
        Member = sum.Member,
        Model = sum.Model,
        Metric = sum.Metric,
        Value = sum.Value,
    };

    private static DateTimeOffset StartOfBucket(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.UtcTicks % Bucket.Ticks));
}
