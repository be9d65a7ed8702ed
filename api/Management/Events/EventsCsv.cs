using System.Globalization;
using Sluice.Api.Management.Usage;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Events;

/// <summary>Events as a CSV table: a column for each metric that one of them has.</summary>
internal static class EventsCsv
{
    private static readonly string[] First =
        ["id", "eventId", "kind", "at", "admittedAt", "keyId", "keyName", "projectId", "seatId", "member", "model"];

    public static byte[] Write(IReadOnlyList<GetEventsItem> items, MetricCatalogue catalogue)
    {
        var metrics = items.SelectMany(static item => item.Metrics.Keys)
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        return UsageCsv.Write(
            ColumnsOf(metrics, catalogue), items.Select(item => RowOf(item, metrics, catalogue)));
    }

    /// <summary>Returns the columns of a table with some metrics.</summary>
    public static string[] ColumnsOf(IReadOnlyList<string> metrics, MetricCatalogue catalogue) =>
        [.. First, .. metrics, catalogue[MetricId.Amount].Name, catalogue[MetricId.Credits].Name, "unpriced"];

    private static string TextOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Returns the values of an event by their columns.</summary>
    public static Dictionary<string, object?> RowOf(
        GetEventsItem item, IReadOnlyList<string> metrics, MetricCatalogue catalogue)
    {
        var row = new Dictionary<string, object?>
        {
            ["id"] = item.Id,
            ["eventId"] = item.EventId,
            ["kind"] = Words.Of(item.Kind),
            ["at"] = TextOf(item.At),
            ["admittedAt"] = TextOf(item.AdmittedAt),
            ["keyId"] = item.KeyId,
            ["keyName"] = item.KeyName,
            ["projectId"] = item.ProjectId,
            ["seatId"] = item.SeatId,
            ["member"] = item.Member,
            ["model"] = item.Model,
            [catalogue[MetricId.Amount].Name] = item.Amount,
            [catalogue[MetricId.Credits].Name] = item.Credits,
            ["unpriced"] = string.Join(' ', item.Unpriced),
        };
        foreach (var metric in metrics)
            row[metric] = item.Metrics.TryGetValue(metric, out var value) ? value : null;
        return row;
    }
}
