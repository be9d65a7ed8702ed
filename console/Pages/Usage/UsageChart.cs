using System.Globalization;
using Sluice.Client.Models;
using Sluice.WebConsole.Parts;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Pages.Usage;

/// <summary>The chart of a page of usage: bars over time, whole or in parts.</summary>
internal sealed class UsageChart(UsageQuery query, ConsoleView view)
{
    /// <summary>The most parts of a bar; all others are one more.</summary>
    public const int SeriesMax = 7;

    /// <summary>The names of the parts; empty if bars are whole.</summary>
    public IReadOnlyList<string> Series { get; private set; } = [];

    public IReadOnlyList<BarChart.Point> Points { get; private set; } = [];

    /// <summary>Returns what a column of a row is called.</summary>
    public static string? NameOf(GetUsageResponseItemsItem row, string group) => group switch
    {
        "project" => row.ProjectName ?? row.Project,
        "key" => row.KeyName ?? row.Key,
        "seat" => row.SeatName ?? row.Seat,
        "member" => row.MemberName ?? row.Member,
        _ => row.Model,
    };

    /// <summary>Returns the id in a column of a row.</summary>
    public static string? IdOf(GetUsageResponseItemsItem row, string group) => group switch
    {
        "project" => row.Project,
        "key" => row.Key,
        "seat" => row.Seat,
        "member" => row.Member,
        _ => row.Model,
    };

    /// <summary>
    /// Draws rows by time, and by what the query groups by; behind them the same places of the span before.
    /// </summary>
    public void Draw(
        IReadOnlyList<GetUsageResponseItemsItem> rows, IReadOnlyList<GetUsagePreviousItemsItem> before)
    {
        Points = PointsOf(rows, query.From, query.To);
        if (query.By.Length > 0 && Points.Count > 0)
            DrawParts(rows);
        if (query.IsCumulative)
            AddUp();
        else if (query.Every == "day" && before.Count > 0)
            DrawBefore(before);
    }

    /// <summary>Marks when thresholds fired.</summary>
    public void Mark(IEnumerable<(DateTimeOffset At, string Text)> fired)
    {
        var points = Points.ToList();
        foreach (var (at, text) in fired)
        {
            var label = query.Every == "hour"
                ? view.Formats.Instant(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerHour)))
                : view.Formats.Day(view.Formats.DayOf(at));
            var place = points.FindIndex(point => point.Label == label);
            if (place >= 0)
            {
                var earlier = points[place].Fired;
                points[place] = points[place] with { Fired = earlier is null ? text : $"{earlier}; {text}" };
            }
        }

        Points = points;
    }

    private IReadOnlyList<BarChart.Point> PointsOf(
        IEnumerable<GetUsageResponseItemsItem> rows, DateOnly from, DateOnly to) => query.Every switch
        {
            "month" => TimeSeries.ByMonth(rows, from, to),
            "hour" => TimeSeries.ByHour(rows, from, to, view),
            _ => TimeSeries.ByDay(rows, from, to, view.Formats),
        };

    private void DrawParts(IReadOnlyList<GetUsageResponseItemsItem> rows)
    {
        var groups = rows.GroupBy(row => row.Other == true ? "" : IdOf(row, query.By) ?? "-")
            .OrderBy(static group => group.Key.Length == 0)
            .ThenByDescending(static group => group.Sum(static row => row.Value)).ToList();
        Series =
        [
            .. groups.Select(group => group.Key.Length == 0
                ? view.Language["all others"]
                : NameOf(group.First(), query.By) ?? view.Language["none"]),
        ];
        var parts = groups.Select(group => PointsOf(group, query.From, query.To)).ToList();
        Points =
        [
            .. Points.Select((point, place) => point with
            {
                Parts = [.. parts.Select(part => part[place].Value)],
            }),
        ];
    }

    private void AddUp()
    {
        var sum = 0m;
        var sums = new decimal[Series.Count];
        Points =
        [
            .. Points.Select(point => point with
            {
                Value = sum += point.Value,
                Parts = point.Parts is { } parts ? [.. parts.Select((part, i) => sums[i] += part)] : null,
            }),
        ];
    }

    private void DrawBefore(IReadOnlyList<GetUsagePreviousItemsItem> before)
    {
        var days = query.To.DayNumber - query.From.DayNumber + 1;
        var earlier = TimeSeries.ByDay(
            before.Select(static row => new GetUsageResponseItemsItem
            {
                Day = row.Day,
                Metric = row.Metric,
                Value = row.Value,
            }),
            query.From.AddDays(-days), query.From.AddDays(-1), view.Formats);
        Points = [.. Points.Zip(earlier, static (point, past) => point with { Before = past.Value })];
    }
}
