using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Ledger;

namespace Sluice.Storage.Reports.Usage;

/// <summary>A query for usage sums: the filter and the groups.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Calendar">The tenant's calendar, which defines days and months.</param>
/// <param name="From">The start; its whole quarter hour is included.</param>
/// <param name="To">The end; its quarter hour is included unless this is its first instant.</param>
/// <param name="Metric">The metric; null for every metric.</param>
/// <param name="ProjectId">The project; null for all usage, including that of no project.</param>
/// <param name="KeyId">The key; null for every key.</param>
/// <param name="SeatId">The seat; null for all usage, including that of no seat.</param>
/// <param name="Member">The member; null for every member.</param>
/// <param name="Model">The model; null for every model.</param>
/// <param name="Visibility">The part that may be shown; null for all.</param>
/// <param name="OwnedBy">Only usage of this member: with the member's own personal and seat keys, or labelled with the
/// member's id. Null for all.</param>
/// <param name="GroupBy">The groups, in the order of the columns.</param>
public sealed record UsageQuery(
    long TenantId,
    TenantCalendar Calendar,
    DateTimeOffset From,
    DateTimeOffset To,
    MetricId? Metric,
    long? ProjectId,
    long? KeyId,
    long? SeatId,
    string? Member,
    string? Model,
    Visibility? Visibility,
    long? OwnedBy,
    IReadOnlyList<UsageGroup> GroupBy)
{
    /// <summary>Maximum rows of a result; more is refused, not truncated.</summary>
    public const int MaxRows = 50_000;

    /// <summary>Maximum time from <see cref="From"/> to <see cref="To"/>: ten years.</summary>
    public static readonly TimeSpan MaxSpan = TimeSpan.FromDays(3_660);

    /// <summary>The resolution in which usage is stored.</summary>
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(15);

    /// <summary>Which values of a group are kept; null for all.</summary>
    public UsageTop? Top { get; init; }

    /// <summary>The first day of which there are sums by days.</summary>
    public DateOnly DaySumsFrom { get; init; } = DateOnly.MaxValue;

    /// <summary>
    /// Gets the days of the query, the last one exclusive, if sums by days answer it; null if only those by quarters of
    /// an hour do.
    /// </summary>
    internal (DateOnly From, DateOnly To)? Days =>
        !GroupBy.Contains(UsageGroup.Hour) && DayFrom(From) is { } from && DayFrom(To) is { } to && from >= DaySumsFrom
            ? (from, to)
            : null;

    /// <summary>
    /// Returns the query for the span of the same length directly before: of as many days of the tenant if this one is
    /// of whole days, although the clocks may have changed in between.
    /// </summary>
    /// <param name="rows">The result of this query; what it has kept, the other one keeps too.</param>
    public UsageQuery Previous(IReadOnlyList<UsageRow> rows)
    {
        var to = StartOfBucket(From);
        var (first, end) = (DayFrom(to), DayFrom(To));
        var from = first is not null && end is not null
            ? StartOf(first.Value.AddDays(first.Value.DayNumber - end.Value.DayNumber))
            : to - (To - to);
        return this with { From = from, To = to, Top = Top is null || rows.Count == 0 ? Top : KeptOf(Top, rows) };
    }

    internal static DateTimeOffset StartOfBucket(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.UtcTicks % Bucket.Ticks));

    private static UsageTop KeptOf(UsageTop top, IReadOnlyList<UsageRow> rows) => top with
    {
        Values = [.. rows.Where(static row => !row.IsOther).Select(row => row.TextOf(top.Group)!).Distinct()],
    };

    /// <summary>Returns the tenant's day that starts at an instant; null if none does.</summary>
    private DateOnly? DayFrom(DateTimeOffset instant)
    {
        var day = Calendar.Current(PeriodKind.Day, instant.ToUnixTimeMilliseconds());
        return day.StartMs == instant.ToUnixTimeMilliseconds() ? DaySums.DayOf(day.Key) : null;
    }

    private DateTimeOffset StartOf(DateOnly day) => DateTimeOffset.FromUnixTimeMilliseconds(
        Calendar.Of(PeriodKey.Day(day.Year, day.Month, day.Day)).StartMs);
}
