using Sluice.Storage.Control.Names;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary>
/// Sums of usage as rows of named columns: the requested groups, the names of those that are ids, whether it is the row
/// of all others where only some values were asked for, then metric and value.
/// </summary>
internal sealed class UsageTable(UsageQuery query, MetricCatalogue catalogue, NameBook names)
{
    public const string Other = "other";
    public const string Metric = "metric";
    public const string Value = "value";

    private static readonly UsageGroup[] Named =
        [UsageGroup.Project, UsageGroup.Key, UsageGroup.Seat, UsageGroup.Member];

    /// <summary>The groups whose values have names.</summary>
    public static IEnumerable<UsageGroup> NamedGroups => Named;

    /// <summary>Returns the column with the names of a group's values: <c>keyName</c>.</summary>
    public static string NameColumnOf(UsageGroup group) => $"{Words.Of(group)}Name";

    /// <summary>Returns the ids in a result that may have names.</summary>
    public static IEnumerable<string?> IdsOf(UsageQuery query, IReadOnlyList<UsageRow> rows)
    {
        var named = query.GroupBy.Intersect(Named).ToArray();
        return rows.SelectMany(row => named.Select(group => CellOf(row, group) as string)).Distinct();
    }

    /// <summary>Returns the columns of a table, with the names or without.</summary>
    public IReadOnlyList<string> ColumnsOf(bool withNames) =>
    [
        .. query.GroupBy.Select(Words.Of),
        .. withNames ? query.GroupBy.Intersect(Named).Select(NameColumnOf) : [],
        .. query.Top is null ? Array.Empty<string>() : [Other],
        Metric,
        Value,
    ];

    /// <summary>
    /// Returns a row by column; a column is null if usage counts in no project or seat, or names no member or model.
    /// </summary>
    public Dictionary<string, object?> RowOf(UsageRow row)
    {
        var metric = catalogue[new(row.Metric)];
        var cells = new Dictionary<string, object?>();
        foreach (var group in query.GroupBy)
            cells[Words.Of(group)] = CellOf(row, group);
        foreach (var group in query.GroupBy.Intersect(Named))
            cells[NameColumnOf(group)] = NameOf(names, CellOf(row, group) as string, group);
        if (query.Top is not null)
            cells[Other] = row.IsOther;
        cells[Metric] = metric.Name;
        cells[Value] = JsonDecimal.Of(row.Value, metric.Decimals);
        return cells;
    }

    /// <summary>Returns the name of a group's value; a label that is no member's id is a name itself.</summary>
    public static string? NameOf(NameBook names, string? cell, UsageGroup group) =>
        names[cell] ?? (group == UsageGroup.Member ? cell : null);

    /// <summary>Returns the value of a group as rows show it; null if the usage has none.</summary>
    public static object? CellOf(UsageRow row, UsageGroup group) => group switch
    {
        UsageGroup.Month => row.Month!.Value.ToString(),
        UsageGroup.Day => row.Day!.Value.ToString(),
        UsageGroup.Hour => row.Hour,
        UsageGroup.Project => row.ProjectId is > 0 and var project ? Ids.Project(project) : null,
        UsageGroup.Key => row.KeyId is { } key ? Ids.Key(key) : null,
        UsageGroup.Seat => row.SeatId is > 0 and var seat ? Ids.Seat(seat) : null,
        UsageGroup.Member => string.IsNullOrEmpty(row.Member) ? null : row.Member,
        UsageGroup.Model => string.IsNullOrEmpty(row.Model) ? null : row.Model,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "not a group"),
    };
}
