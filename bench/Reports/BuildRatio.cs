using System.Globalization;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>One figure of this build next to the same of another build, measured in turn.</summary>
/// <param name="What">The figure, with its unit.</param>
/// <param name="Format">The format of both figures.</param>
/// <param name="This">The figures of this build, in order of measurement; empty if there are none.</param>
/// <param name="Other">The figures of the other build, each measured alongside the one of this build.</param>
internal sealed record BuildRatio(
    string What, string Format, IReadOnlyList<double> This, IReadOnlyList<double> Other)
{
    /// <summary>Lists all figures that exist for both builds: rates of the rows, then measurements of a node.</summary>
    public static IReadOnlyList<BuildRatio> Of(IReadOnlyList<RowResult> rows, NodeFacts? own, NodeFacts? other) =>
    [
        .. rows.Where(row => row.OtherBuild is not null).Select(row => OfRow(row, row.OtherBuild!)),
        .. own is null || other is null ? [] : OfNodes(own, other),
    ];

    /// <summary>
    /// Writes the row of the table: two medians, their ratio, the lowest and highest ratio of one round.
    /// </summary>
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

    /// <summary>Gets the rates of a row; none if it had a fault in any round.</summary>
    private static IReadOnlyList<double> RatesOf(RowResult row) => row.EventsPerSecond is null ? [] : row.Rates;

    private static IReadOnlyList<double> OneOrNone(double? value) => value is { } one ? [one] : [];

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private string MedianOrNothing(IReadOnlyList<double> values) =>
        values.Count == 0 ? "not measured" : Median(values).ToString(Format, CultureInfo.InvariantCulture);
}
