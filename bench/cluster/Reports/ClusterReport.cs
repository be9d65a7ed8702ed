using System.Globalization;
using System.Text;
using Sluice.Bench.Http;
using Sluice.Bench.Reports;

namespace Sluice.Bench.Cluster.Reports;

/// <summary>The comparison of clusters as Markdown.</summary>
internal static class ClusterReport
{
    public static string Write(IReadOnlyList<RowResult> results, ClusterFacts facts, string chartPath)
    {
        var rows = ClusterRows.From(results);
        var text = new StringBuilder();
        Tables.AddRows(text, results, "naive, 3 nodes", _ => rows.Naive.EventsPerSecond);
        text.Append(CultureInfo.InvariantCulture, $"\n![Events per second of clusters, side by side]({chartPath})\n\n")
            .Append(CoreReport.Write([facts.Admission, facts.GrainCall])).Append('\n');
        Tables.AddBars(text, ClusterBars.Of(rows, facts));
        Tables.AddAuthorityCalls(text, facts.AuthorityCalls);
        return text.ToString();
    }
}
