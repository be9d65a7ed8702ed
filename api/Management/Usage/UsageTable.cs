using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary>Sums of usage as rows of named columns: the requested groups, then metric and value.</summary>
internal sealed class UsageTable(IReadOnlyList<UsageGroup> groups, MetricCatalogue catalogue)
{
    public const string Metric = "metric";
    public const string Value = "value";

    public IReadOnlyList<string> Columns { get; } = [.. groups.Select(Words.Of), Metric, Value];

    /// <summary>
    /// Returns a row by column; a column is null if usage counts in no project or seat, or names no member or model.
    /// </summary>
    public Dictionary<string, object?> RowOf(UsageRow row)
    {
        var metric = catalogue[new(row.Metric)];
        var cells = new Dictionary<string, object?>(Columns.Count);
        foreach (var group in groups)
            cells[Words.Of(group)] = CellOf(row, group);
        cells[Metric] = metric.Name;
        cells[Value] = JsonDecimal.Of(row.Value, metric.Decimals);
        return cells;
    }

    private static object? CellOf(UsageRow row, UsageGroup group) => group switch
    {
        UsageGroup.Month => row.Month!.Value.ToString(),
        UsageGroup.Day => row.Day!.Value.ToString(),
        UsageGroup.Hour => row.Hour,
        UsageGroup.Project => row.ProjectId is > 0 and var project ? Ids.Project(project) : null,
        UsageGroup.Key => Ids.Key(row.KeyId!.Value),
        UsageGroup.Seat => row.SeatId is > 0 and var seat ? Ids.Seat(seat) : null,
        UsageGroup.Member => string.IsNullOrEmpty(row.Member) ? null : row.Member,
        UsageGroup.Model => string.IsNullOrEmpty(row.Model) ? null : row.Model,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "not a group"),
    };
}
