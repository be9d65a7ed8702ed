using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>The rows of the comparison of clusters by name.</summary>
internal sealed record ClusterRows(
    RowResult OneDurable,
    RowResult OneMemory,
    RowResult Durable,
    RowResult Memory,
    RowResult HotDurable,
    RowResult HotMemory,
    RowResult OneNaive,
    RowResult Naive,
    RowResult HotNaive)
{
    /// <summary>Creates the rows from results in order of measurement.</summary>
    public static ClusterRows From(IReadOnlyList<RowResult> results) =>
        new(
            results[0], results[1], results[2], results[3], results[4], results[5], results[6], results[7],
            results[8]);
}
