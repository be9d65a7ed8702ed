using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;

namespace Sluice.Storage.Reports.Usage;

/// <summary>Reads settled usage, added up.</summary>
public sealed class UsageStore([FromKeyedServices(ReportSource.Key)] NpgsqlDataSource source)
{
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

        public bool IsOther { get; init; }

        public required short Metric { get; init; }

        public required long Value { get; init; }
    }

    /// <summary>
    /// Sums usage. Returns at most <see cref="UsageQuery.MaxRows"/> plus one: that extra row means that there are too
    /// many.
    /// </summary>
    public Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken ct) =>
        ReadAsync(UsageSql.SumOf(query), query, UsageQuery.MaxRows + 1, ct);

    /// <summary>
    /// Reads the values with the most usage of each group of a query; the largest of a group first. In a row, only the
    /// column of its group is set.
    /// </summary>
    /// <param name="query">The query, of one metric; no group is a time.</param>
    /// <param name="count">The most values of a group.</param>
    /// <param name="ct">Cancels the query.</param>
    public Task<IReadOnlyList<UsageRow>> LargestAsync(UsageQuery query, int count, CancellationToken ct) =>
        ReadAsync(UsageSql.LargestOf(query), query, count, ct);

    /// <summary>Returns one sum for each interval between two bounds, in order; 0 if nothing was used.</summary>
    public async Task<IReadOnlyList<long>> TrendAsync(TrendQuery query, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var stretches = await db.ListAsync<Stretch>(
            $"""
            select width_bucket(bucket, @Bounds) as Position, sum(value)::bigint as Value
            from usage_rollup
            where tenant_id = @TenantId and bucket >= @From and bucket < @To and metric = @Metric
              and (@ProjectId::bigint is null or project_id = @ProjectId) and {UsageSql.Seen}
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
            select tenant_id as TenantId, model, metric, least(sum(unpriced), {UsageSql.Most})::bigint as Value,
                   min(bucket) as FirstAt, max(bucket) as LastAt
            from usage_rollup
            where unpriced > 0 and bucket >= @From and bucket < @To
            group by tenant_id, model, metric order by tenant_id, model, metric limit @Limit
            """,
            new { From = UsageQuery.StartOfBucket(from), To = to, Limit = UsageQuery.MaxRows },
            ct);
    }

    private async Task<IReadOnlyList<UsageRow>> ReadAsync(
        string sql, UsageQuery query, int limit, CancellationToken ct)
    {
        var from = UsageQuery.StartOfBucket(query.From);
        var months = new PeriodCuts(query.Calendar, PeriodKind.Month, from, query.To);
        var days = new PeriodCuts(query.Calendar, PeriodKind.Day, from, query.To);
        var hours = new HourCuts(query.Calendar, from, query.To);

        await using var db = await source.OpenConnectionAsync(ct);
        var sums = await db.ListAsync<Sum>(sql, ParametersOf(query, months, days, hours, limit), ct);
        return [.. sums.Select(sum => RowOf(sum, months, days))];
    }

    private static object ParametersOf(
        UsageQuery query, PeriodCuts months, PeriodCuts days, HourCuts hours, int limit) =>
        new
        {
            query.TenantId,
            From = UsageQuery.StartOfBucket(query.From),
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
            FromDay = query.Days?.From ?? default,
            ToDay = query.Days?.To ?? default,
            Months = months.Starts,
            MonthDays = months.Days,
            Days = days.Starts,
            HourChanges = hours.Changes,
            HourOrigins = hours.Origins,
            KeptValues = query.Top?.Values?.ToArray(),
            KeptCount = query.Top?.Count,
            Limit = limit,
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
        IsOther = sum.IsOther,
        Metric = sum.Metric,
        Value = sum.Value,
    };
}
