using System.Globalization;
using System.Text;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>The comparison over HTTP as Markdown.</summary>
internal static class HttpReport
{
    public static string Write(
        IReadOnlyList<RowResult> rows, IReadOnlyList<Bar> bars, NodeFacts? facts, string chartPath)
    {
        var text = new StringBuilder();
        WriteRows(text, rows);
        text.Append(CultureInfo.InvariantCulture, $"\n![Events per second, side by side]({chartPath})\n\n");
        WriteBars(text, bars);
        WriteFacts(text, facts);
        return text.ToString();
    }

    private static void WriteRows(StringBuilder text, IReadOnlyList<RowResult> rows)
    {
        text.Append("| contender | connections | events/s (median) | slowest–fastest round | of echo |")
            .Append(" p50 ms | p99 ms | p99.9 ms |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows)
        {
            if (row.EventsPerSecond is not { } rate)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Connections} | not run: ")
                    .Append(CultureInfo.InvariantCulture, $"{Escape(row.NotRunBecause)} | | | | | |\n");
                continue;
            }

            var (slowest, fastest) = row.Span;
            var echo = EchoFor(row, rows);
            var latency = row.Latency;
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Connections} | {rate:N0} | ")
                .Append(CultureInfo.InvariantCulture, $"{slowest:N0}–{fastest:N0} | {rate / echo:0.00} | ")
                .Append(CultureInfo.InvariantCulture, $"{latency.P50Ms:0.00} | {latency.P99Ms:0.00} | ")
                .Append(CultureInfo.InvariantCulture, $"{latency.P999Ms:0.00} |\n");
        }
    }

    /// <summary>With as many connections; a row of batches has fewer, and is compared with the first.</summary>
    private static double? EchoFor(RowResult row, IReadOnlyList<RowResult> rows) =>
        (rows.FirstOrDefault(r => r.Name == rows[0].Name && r.Connections == row.Connections) ?? rows[0])
        .EventsPerSecond;

    private static void WriteBars(StringBuilder text, IReadOnlyList<Bar> bars)
    {
        text.Append("| what | bar | measured | |\n|---|--:|--:|---|\n");
        foreach (var bar in bars)
        {
            var verdict = bar.Reached switch { true => "reached", false => "**missed**", null => string.Empty };
            text.Append(
                CultureInfo.InvariantCulture, $"| {bar.What} | {bar.Wanted} | {Escape(bar.Measured)} | {verdict} |\n");
        }
    }

    private static void WriteFacts(StringBuilder text, NodeFacts? facts)
    {
        if (facts is null || facts.AuthorityCalls.Count == 0)
            return;
        text.Append("\n| requests/s | authority calls/s |\n|--:|--:|\n");
        foreach (var (requests, calls) in facts.AuthorityCalls)
            text.Append(CultureInfo.InvariantCulture, $"| {requests:N0} | {calls:0.0} |\n");
    }

    private static string Escape(string? cell) => (cell ?? "not measured")
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
