using System.Globalization;
using Sluice.Client.Models;
using Sluice.WebConsole.Sessions;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Parts;

/// <summary>Makes series without gaps of usage by time: the API leaves out what has no usage.</summary>
internal static class TimeSeries
{
    /// <summary>More bars than this can't be told apart.</summary>
    private const int PointsMax = 750;

    /// <summary>Returns a point for each day; none if there are too many.</summary>
    public static IReadOnlyList<BarChart.Point> ByDay(
        IEnumerable<GetUsageResponseItemsItem> rows, DateOnly first, DateOnly last, Formats formats)
    {
        var values = SumsBy(rows, static row => row.Day);
        var days = last.DayNumber - first.DayNumber + 1;
        if (days is < 1 or > PointsMax)
            return [];
        return
        [
            .. Enumerable.Range(0, days).Select(first.AddDays).Select(day => new BarChart.Point(
                formats.Day(day),
                day.Day.ToString(CultureInfo.InvariantCulture),
                values.GetValueOrDefault(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))),
        ];
    }

    /// <summary>Returns a point for each month; none if there are too many.</summary>
    public static IReadOnlyList<BarChart.Point> ByMonth(
        IEnumerable<GetUsageResponseItemsItem> rows, DateOnly first, DateOnly last)
    {
        var values = SumsBy(rows, static row => row.Month);
        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        if (months is < 1 or > PointsMax)
            return [];
        return
        [
            .. Enumerable.Range(0, months)
                .Select(i => new DateOnly(first.Year, first.Month, 1).AddMonths(i)
                    .ToString("yyyy-MM", CultureInfo.InvariantCulture))
                .Select(month => new BarChart.Point(month, month, values.GetValueOrDefault(month))),
        ];
    }

    /// <summary>Returns a point for each hour until now; none if there are too many.</summary>
    public static IReadOnlyList<BarChart.Point> ByHour(
        IEnumerable<GetUsageResponseItemsItem> rows, DateOnly first, DateOnly last, ConsoleView view)
    {
        var start = Entered.StartOf(first, view);
        var end = Entered.StartOf(last.AddDays(1), view);
        var hours = (int)Math.Ceiling(((end < view.Now ? end : view.Now) - start).TotalHours);
        if (hours is < 1 or > PointsMax)
            return [];
        var values = new Dictionary<DateTimeOffset, decimal>();
        for (var i = 0; i < hours; i++)
            values[start.AddHours(i)] = 0;
        foreach (var row in rows)
        {
            if (HourOf(row) is { } hour)
                values[hour] = values.GetValueOrDefault(hour) + row.Value;
        }

        return
        [
            .. values.OrderBy(static pair => pair.Key).Select(pair => new BarChart.Point(
                view.Formats.Instant(pair.Key), view.Formats.Clock(pair.Key), pair.Value)),
        ];
    }

    /// <summary>Returns the hour of a row; null if it has none.</summary>
    public static DateTimeOffset? HourOf(GetUsageResponseItemsItem row) => DateTimeOffset.TryParse(
        row.Hour, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var hour)
            ? hour
            : null;

    private static Dictionary<string, decimal> SumsBy(
        IEnumerable<GetUsageResponseItemsItem> rows, Func<GetUsageResponseItemsItem, string?> group) =>
        rows.GroupBy(group).Where(static pair => pair.Key is not null)
            .ToDictionary(static pair => pair.Key!, static pair => pair.Sum(static row => row.Value));
}
