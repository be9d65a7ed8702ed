using System.Globalization;
using System.Text;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>Writes the Markdown tables that reports have in common.</summary>
internal static class Tables
{
    /// <summary>Adds the rates and latencies of all rows, including those of another build.</summary>
    /// <param name="text">The text to append to.</param>
    /// <param name="rows">In the order of the table.</param>
    /// <param name="reference">Names what the column of ratios compares with.</param>
    /// <param name="rateOf">The rate that a row is compared with, or null.</param>
    public static void AddRows(
        StringBuilder text, IReadOnlyList<RowResult> rows, string reference, Func<RowResult, double?> rateOf)
    {
        text.Append("| contender | connections | events/s (median) | slowest–fastest round | of ").Append(reference)
            .Append(" | p50 ms | p99 ms | p99.9 ms |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var row in RowResult.WithOtherBuilds(rows))
        {
            if (row.EventsPerSecond is not { } rate)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Connections} | not run: ")
                    .Append(CultureInfo.InvariantCulture, $"{Escape(row.NotRunBecause)} | | | | | |\n");
                continue;
            }

            var (slowest, fastest) = row.Span;
            var latency = row.Latency;
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Connections} | {rate:N0} | ")
                .Append(CultureInfo.InvariantCulture, $"{slowest:N0}–{fastest:N0} | {rate / rateOf(row):0.00} | ")
                .Append(CultureInfo.InvariantCulture, $"{latency.P50Ms:0.00} | {latency.P99Ms:0.00} | ")
                .Append(CultureInfo.InvariantCulture, $"{latency.P999Ms:0.00} |\n");
        }
    }

    public static void AddChart(StringBuilder text, string title, string chartPath) =>
        text.Append(CultureInfo.InvariantCulture, $"\n![{title}]({chartPath})\n\n");

    public static void AddBars(StringBuilder text, IReadOnlyList<Bar> bars)
    {
        text.Append("| what | bar | measured | |\n|---|--:|--:|---|\n");
        foreach (var bar in bars)
        {
            var verdict = bar.Reached switch { true => "reached", false => "**missed**", null => string.Empty };
            text.Append(
                CultureInfo.InvariantCulture, $"| {bar.What} | {bar.Wanted} | {Escape(bar.Measured)} | {verdict} |\n");
        }
    }

    /// <summary>Adds how often authorities were called; no table if that was not measured.</summary>
    public static void AddAuthorityCalls(
        StringBuilder text, IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> rates)
    {
        if (rates.Count == 0)
            return;
        text.Append("\n| requests/s | authority calls/s |\n|--:|--:|\n");
        foreach (var (requests, calls) in rates)
            text.Append(CultureInfo.InvariantCulture, $"| {requests:N0} | {calls:0.0} |\n");
    }

    private static string Escape(string? cell) => (cell ?? "not measured")
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
