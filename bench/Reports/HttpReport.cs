using System.Text;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>Writes the comparison over HTTP as Markdown.</summary>
internal static class HttpReport
{
    public static string Write(IReadOnlyList<RowResult> rows, NodeFacts? facts, string chartPath)
    {
        var text = new StringBuilder();
        Tables.AddRows(text, rows, "echo", row => EchoFor(row, rows));
        Tables.AddChart(text, "Events per second, side by side", chartPath);
        Tables.AddBars(text, Bars.Of(HttpRows.From(rows), facts));
        Tables.AddAuthorityCalls(text, facts?.AuthorityCalls ?? []);
        return text.ToString();
    }

    /// <summary>
    /// Gets the echo rate with as many connections; a row of batches has fewer, and is compared with the first.
    /// </summary>
    private static double? EchoFor(RowResult row, IReadOnlyList<RowResult> rows) =>
        (rows.FirstOrDefault(r => r.Name == rows[0].Name && r.Connections == row.Connections) ?? rows[0])
        .EventsPerSecond;
}
