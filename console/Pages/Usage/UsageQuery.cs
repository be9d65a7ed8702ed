using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Pages.Usage;

/// <summary>Which usage is shown, and how: all of it is in the address of the page.</summary>
public sealed record UsageQuery
{
    public static readonly string[] TimeGroups = ["day", "hour", "month"];

    public static readonly string[] Groups = ["", "project", "key", "seat", "member", "model"];

    private const int DefaultDays = 30;

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    public required string Metric { get; init; }

    /// <summary>The time that a bar of the chart covers.</summary>
    public required string Every { get; init; }

    /// <summary>What else the rows are by; empty for nothing.</summary>
    public required string By { get; init; }

    /// <summary>What the rows are by besides; empty for nothing.</summary>
    public string Then { get; init; } = "";

    /// <summary>Whether the span of the address is none, and another one is shown.</summary>
    public bool IsSpanReplaced { get; init; }

    /// <summary>Whether each bar has all those before it too.</summary>
    public bool IsCumulative { get; init; }

    public string? Project { get; init; }

    /// <summary>Whether the page is that of a project, so that it is no choice.</summary>
    public bool IsProjectFixed { get; init; }

    public string? Key { get; init; }

    public string? Seat { get; init; }

    public string? Member { get; init; }

    public string? Model { get; init; }

    /// <summary>Both ends as the API takes them; its end is exclusive.</summary>
    public string FromText => Text(From);

    public string ToText => Text(To.AddDays(1));

    /// <summary>The filters by their names, without those that are not set.</summary>
    public IEnumerable<(string Name, string Value)> Filters => new (string Name, string? Value)[]
    {
        ("project", IsProjectFixed ? null : Project), ("key", Key), ("seat", Seat), ("member", Member),
        ("model", Model),
    }.Where(static filter => filter.Value is not null).Select(static filter => (filter.Name, filter.Value!));

    /// <summary>
    /// Returns the id of the tenant, project, key or seat whose whole usage is shown; null if it is a part of it.
    /// </summary>
    public string? ScopeOf(string tenantId) =>
        Member is not null || Model is not null || (Key is not null && Seat is not null)
            ? null
            : Key ?? Seat ?? Project ?? tenantId;

    /// <summary>Reads the query of a page; what makes no sense is as if it were not there.</summary>
    public static UsageQuery Of(IQueryCollection query, ConsoleView view)
    {
        var today = view.Formats.DayOf(view.Now);
        var to = DayOf(query["to"]) ?? today;
        var from = DayOf(query["from"]) ?? to.AddDays(1 - DefaultDays);
        return new UsageQuery
        {
            From = from > to ? to : from,
            To = to,
            IsSpanReplaced = from > to || IsNoDay(query["from"]) || IsNoDay(query["to"]),
            Metric = ValueOf(query["metric"]) ?? "amount",
            Every = TimeGroups.FirstOrDefault(group => group == query["every"]) ?? "day",
            By = Groups.FirstOrDefault(group => group == query["by"]) ?? "",
            Then = Groups.FirstOrDefault(group => group == query["then"] && query["by"] != group) ?? "",
            IsCumulative = query["cumulative"] == "true",
            Project = ValueOf(query["project"]),
            Key = ValueOf(query["key"]),
            Seat = ValueOf(query["seat"]),
            Member = ValueOf(query["member"]),
            Model = ValueOf(query["model"]),
        };
    }

    private static string? ValueOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1970 and < 9999
            ? day
            : null;

    private static bool IsNoDay(string? text) => !string.IsNullOrEmpty(text) && DayOf(text) is null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
