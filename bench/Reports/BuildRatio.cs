using System.Globalization;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>One figure of this build beside the same of another build, measured in turn.</summary>
/// <param name="What">What is measured, with its unit.</param>
/// <param name="Format">Of the two figures.</param>
/// <param name="This">Of this build, in the order in which they were measured; empty where nothing was.</param>
/// <param name="Other">Of the other build, each measured next to the one of this build.</param>
internal sealed record BuildRatio(
    string What, string Format, IReadOnlyList<double> This, IReadOnlyList<double> Other)
{
    /// <summary>All figures that exist of both builds: rates of the rows, then what was measured of a node.</summary>
    public static IReadOnlyList<BuildRatio> Of(IReadOnlyList<RowResult> rows, NodeFacts? own, NodeFacts? other) =>
    [
        .. rows.Where(row => row.OtherBuild is not null).Select(row => OfRow(row, row.OtherBuild!)),
        .. own is null || other is null ? [] : OfNodes(own, other),
    ];

    /// <summary>The row of the table: two medians, their ratio, the lowest and highest ratio of one round.</summary>
    public string Write()
    {
        if (This.Count == 0 || Other.Count == 0)
            return $"| {What} | {MedianOrNothing(This)} | {MedianOrNothing(Other)} | | |\n";
        var rounds = This.Zip(Other, (mine, theirs) => mine / theirs).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {What} | {MedianOrNothing(This)} | {MedianOrNothing(Other)} | {Median(This) / Median(Other):0.00} | "
            + $"{rounds[0]:0.00}–{rounds[^1]:0.00} |\n");
    }

    private static BuildRatio OfRow(RowResult row, RowResult other) => new(
        string.Create(CultureInfo.InvariantCulture, $"{row.Name}, {row.Connections} connections, events/s"),
        "N0",
        RatesOf(row),
        RatesOf(other));

    private static IEnumerable<BuildRatio> OfNodes(NodeFacts own, NodeFacts other) =>
    [
        new("ready after start, ms", "N0", own.StartsMs, other.StartsMs),
        new("bytes per idle cached key", "N0", OneOrNone(own.BytesPerIdleKey), OneOrNone(other.BytesPerIdleKey)),
        .. own.AuthorityCalls.Zip(other.AuthorityCalls, (mine, theirs) => new BuildRatio(
            string.Create(CultureInfo.InvariantCulture, $"authority calls/s at {mine.RequestsPerSecond:N0} requests/s"),
            "0.0",
            [mine.CallsPerSecond],
            [theirs.CallsPerSecond])),
    ];

    /// <summary>A row with a fault in one round has no figure at all.</summary>
    private static IReadOnlyList<double> RatesOf(RowResult row) => row.EventsPerSecond is null ? [] : row.Rates;

    private static IReadOnlyList<double> OneOrNone(double? value) => value is { } one ? [one] : [];

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private string MedianOrNothing(IReadOnlyList<double> values) =>
        values.Count == 0 ? "not measured" : Median(values).ToString(Format, CultureInfo.InvariantCulture);
}
