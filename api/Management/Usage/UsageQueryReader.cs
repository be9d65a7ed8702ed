using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary>The query parameters that select usage.</summary>
/// <param name="From">
/// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month if
/// omitted.
/// </param>
/// <param name="To">
/// The end, exclusive: a time or a day as in <c>from</c>, at most 3,660 days after it; now if omitted.
/// </param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>; all metrics if omitted.</param>
/// <param name="GroupBy">
/// Groups separated by commas: <c>month</c>, <c>day</c>, <c>hour</c>, <c>project</c>, <c>key</c>, <c>seat</c>,
/// <c>member</c>, <c>model</c>; none if omitted. Every sum is also by metric.
/// </param>
/// <param name="Project">The project's id, such as <c>p0000000001a</c>; all usage if omitted.</param>
/// <param name="Key">The key's id, such as <c>k0000000001a</c>; all usage if omitted.</param>
/// <param name="Seat">The seat's id, such as <c>s0000000001a</c>; all usage if omitted.</param>
/// <param name="Member">
/// The member's label in events, or the id of the member who holds the key if events had no label; all usage if
/// omitted.
/// </param>
/// <param name="Model">The model's name in events; all usage if omitted.</param>
/// <param name="Top">
/// Only this many values of the first group that is no time, 1 to 100: those with the most usage over the whole span.
/// The others are one row with <c>other</c>. Needs a <c>metric</c>, and one or two groups; all values if omitted.
/// </param>
/// <param name="Compare">
/// <c>previous</c> adds the usage of the span of the same length directly before, in JSON; none if omitted.
/// </param>
/// <param name="Names">
/// <c>true</c> adds columns with the names of projects, keys, seats and members to CSV; JSON always has them.
/// </param>
internal sealed record UsageQueryReader(
    string? From = null,
    string? To = null,
    string? Metric = null,
    string? GroupBy = null,
    string? Project = null,
    string? Key = null,
    string? Seat = null,
    string? Member = null,
    string? Model = null,
    [Range(1, UsageTop.CountMax)] string? Top = null,
    [AllowedValues(UsageQueryReader.Previous)] string? Compare = null,
    [AllowedValues("true", "false")] string? Names = null)
{
    /// <summary>The word of <c>compare</c>.</summary>
    internal const string Previous = "previous";

    /// <summary>The most groups beside <c>top</c>.</summary>
    private const int TopGroupsMax = 2;

    /// <summary>Spans are between these years, in which every time zone has days.</summary>
    private const int FirstYear = 1970, LastYear = 9998;

    /// <summary>The word for the group that usage always has; naming it changes nothing.</summary>
    private const string MetricWord = "metric";

    /// <summary>
    /// How far the default end lies in the future: present usage falls into the current quarter hour, or the next.
    /// </summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    /// <summary>Whether the span before is asked for too.</summary>
    internal bool Compares => Compare == Previous;

    /// <summary>Whether CSV has names.</summary>
    internal bool ShowsNames => Names == "true";

    public Result<UsageQuery> Read(Tenant tenant, MetricCatalogue catalogue, DateTimeOffset now)
    {
        if (!TenantCalendar.TryCreate(tenant.TimeZone, out var calendar, out var problem))
            throw new InvalidOperationException($"The stored time zone is not usable: {problem}");
        var rules = new FieldErrors();
        var month = calendar.Current(PeriodKind.Month, now.ToUnixTimeMilliseconds());
        var from = ReadTime("from", From, calendar, rules) ?? DateTimeOffset.FromUnixTimeMilliseconds(month.StartMs);
        var to = ReadTime("to", To, calendar, rules) ?? (Compares ? now + Ahead : EndOfDay(calendar, now + Ahead));
        if (rules.IsEmpty && from >= to)
            rules.Add("to", "order", "Must be after 'from'.");
        else if (rules.IsEmpty && to - from > UsageQuery.MaxSpan)
            rules.Add("to", "too-long", $"Must be at most {UsageQuery.MaxSpan.Days} days after 'from'.");

        MetricId? metric = null;
        if (Metric is not null && catalogue.TryGet(Metric, out var found))
            metric = found.Id;
        else if (Metric is not null)
            rules.Add("metric", "metric-unknown", "There is no such metric.");
        var project = ReadId("project", IdText.Project, Project, rules);
        var key = ReadId("key", IdText.Key, Key, rules);
        var seat = ReadId("seat", IdText.Seat, Seat, rules);
        if (Member is not null)
            rules.Check("member", Member, FieldRules.Compared);
        if (Model is not null)
            rules.Check("model", Model, FieldRules.Compared);
        var groups = ReadGroups(rules);
        var top = ReadTop(groups, rules);
        if (!string.IsNullOrEmpty(Compare))
            rules.Check("compare", Compare, FieldRules.OneOf(Previous));
        if (!string.IsNullOrEmpty(Names))
            rules.Check("names", Names, FieldRules.OneOf("true", "false"));
        if (rules.IsEmpty && Compares && (from - (to - from)).Year <= FirstYear)
            rules.Add("compare", "too-early", $"The span before must begin after the year {FirstYear}.");
        return rules.Error is { } error
            ? error
            : new UsageQuery(
                tenant.Id, calendar, from, to, metric, project, key, seat, Member, Model, null, null, groups)
            {
                Top = top,
                DaySumsFrom = tenant.DaySumsFrom,
            };
    }

    /// <summary>
    /// Returns the end of the tenant's day of an instant. Where that is ahead of all usage it makes no difference, and
    /// sums by days answer.
    /// </summary>
    private static DateTimeOffset EndOfDay(TenantCalendar calendar, DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            calendar.Current(PeriodKind.Day, instant.ToUnixTimeMilliseconds()).EndMs);

    private static long? ReadId(string field, char prefix, string? text, FieldErrors rules)
    {
        if (text is null)
            return null;
        if (IdText.TryParse(prefix, text, out var id))
            return id;
        rules.Add(field, "id-form", $"Must be the id of a {field}.");
        return null;
    }

    private static DateTimeOffset? ReadTime(string field, string? text, TenantCalendar calendar, FieldErrors rules)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day.Year is > FirstYear and < LastYear)
            {
                var bounds = calendar.Of(PeriodKey.Day(day.Year, day.Month, day.Day));
                return DateTimeOffset.FromUnixTimeMilliseconds(bounds.StartMs);
            }
        }
        else if (Rfc3339.TryParse(text, out var instant) && instant.Year is > FirstYear and < LastYear)
        {
            return instant;
        }

        rules.Add(field, "time-form", "Must be a time such as 2026-11-21T09:30:00Z or a day such as 2026-11-21.");
        return null;
    }

    private List<UsageGroup> ReadGroups(FieldErrors rules)
    {
        var groups = new List<UsageGroup>();
        foreach (var word in (GroupBy ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var group = Enum.GetValues<UsageGroup>().Where(value => Words.Of(value) == word).ToArray();
            if (group.Length > 0)
                groups.Add(group[0]);
            else if (word != MetricWord)
                rules.Add("groupBy", "one-of", $"'{word}' is none of {string.Join(", ", Known())}.");
        }

        return [.. groups.Distinct()];
    }

    private UsageTop? ReadTop(IReadOnlyList<UsageGroup> groups, FieldErrors rules)
    {
        if (string.IsNullOrEmpty(Top))
            return null;
        var count = rules.Count("top", Top, UsageTop.CountMax) ?? 1;
        if (Metric is null)
            rules.Add("metric", "required", "Must be given with 'top': the largest values are those of one metric.");
        var ranked = groups.Where(static group => !IsTime(group)).ToArray();
        if (ranked.Length > 0 && groups.Count <= TopGroupsMax)
            return new UsageTop(ranked[0], count);
        rules.Add(
            "groupBy", "top-groups", $"With 'top', must be 1 to {TopGroupsMax} groups, one of which is not a time.");
        return null;
    }

    /// <summary>Whether a group is a span of time.</summary>
    internal static bool IsTime(UsageGroup group) => group is UsageGroup.Month or UsageGroup.Day or UsageGroup.Hour;

    private static IEnumerable<string> Known() => Enum.GetValues<UsageGroup>().Select(Words.Of).Append(MetricWord);
}
