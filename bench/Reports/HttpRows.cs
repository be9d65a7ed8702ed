using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>The rows of the comparison by name.</summary>
internal sealed record HttpRows(
    RowResult Echo,
    RowResult Durable,
    RowResult Memory,
    RowResult EchoOfMany,
    RowResult DurableOfMany,
    RowResult MemoryOfMany,
    RowResult Batch,
    RowResult Postgres,
    RowResult Redis)
{
    /// <summary>Creates the rows from results in order of measurement.</summary>
    public static HttpRows From(IReadOnlyList<RowResult> results) =>
        new(
            results[0], results[1], results[2], results[3], results[4], results[5], results[6], results[7],
            results[8]);
}
