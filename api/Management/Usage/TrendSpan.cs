using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Usage;

/// <summary>
/// The intervals of a trend: 24 hours, or 7 or 30 days of the tenant, the last of which is still running; and the
/// previous span of as many. Hours are counted from the start of a day, so they are the tenant's hours in any zone, and
/// a day on which clocks change has 23 or 25 of them.
/// </summary>
internal static class TrendSpan
{
    public static readonly IReadOnlyList<int> Days = [1, 7, 30];

    private const int HoursOfADay = 24;
    private const long HourMs = 3_600_000;

    /// <summary>
    /// Returns the start of the previous span, then the start of each interval, then the end of the last one.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> BoundsOf(TenantCalendar calendar, int days, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var today = calendar.Current(PeriodKind.Day, nowMs);
        var bounds = days == 1 ? Hours(today, nowMs) : DaysUpTo(calendar, today, days);
        return [.. bounds.Select(DateTimeOffset.FromUnixTimeMilliseconds)];
    }

    private static IEnumerable<long> Hours(PeriodBounds today, long nowMs)
    {
        var end = nowMs - ((nowMs - today.StartMs) % HourMs) + HourMs;
        return
        [
            end - (2 * HoursOfADay * HourMs),
            .. Enumerable.Range(0, HoursOfADay + 1).Select(i => end - ((HoursOfADay - i) * HourMs)),
        ];
    }

    private static LinkedList<long> DaysUpTo(TenantCalendar calendar, PeriodBounds today, int days)
    {
        var bounds = new LinkedList<long>([today.StartMs, today.EndMs]);
        var day = today;
        for (var i = 1; i < 2 * days; i++)
        {
            // The instant before a day belongs to the day before, however long that was.
            day = calendar.Current(PeriodKind.Day, day.StartMs - 1);
            if (i < days || i == (2 * days) - 1)
                bounds.AddFirst(day.StartMs);
        }

        return bounds;
    }
}
