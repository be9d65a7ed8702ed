using System.Text;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>Writes the comparison of clusters as Markdown.</summary>
internal static class ClusterReport
{
    public static string Write(IReadOnlyList<RowResult> results, ClusterFacts facts, string chartPath)
    {
        var rows = ClusterRows.From(results);
        var text = new StringBuilder();
        Tables.AddRows(text, results, "naive, 3 nodes", _ => rows.Naive.EventsPerSecond);
        Tables.AddChart(text, "Events per second of clusters, side by side", chartPath);
        text.Append(CoreReport.Write([facts.Admission, facts.GrainCall])).Append('\n');
        Tables.AddBars(text, ClusterBars.Of(rows, facts));
        Tables.AddAuthorityCalls(text, facts.AuthorityCalls);
        return text.ToString();
    }
}
