using Sluice.Bench.Core;
using Sluice.Bench.Http;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Latency;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Reports;

public sealed class ClusterReportTests
{
    private static readonly LatencySummary Latency = new(1, 2, 3, 4, 5);

    [Fact]
    public void Bars_AreReachedAtTheirValue_AndMissedBelow()
    {
        var reached = ClusterBars.Of(ClusterRows.From(Rows(hot: 800)), Facts(grainCallNs: 1_000, calls: 90));
        var missed = ClusterBars.Of(ClusterRows.From(Rows(hot: 799)), Facts(grainCallNs: 999, calls: 91));

        Assert.All(reached, bar => Assert.True(bar.Reached, bar.What));
        Assert.All(missed, bar => Assert.False(bar.Reached, bar.What));
    }

    [Fact]
    public void WhatWasNotRun_IsSaid_AndNeitherReachedNorMissed()
    {
        var rows = Rows(hot: 800);
        foreach (var row in rows.Where(row => row.Name.StartsWith("Sluice", StringComparison.Ordinal)))
            row.NotRunBecause = "the node is not built";
        var facts = Facts(grainCallNs: 1_000, calls: 90) with { AuthorityCalls = [] };

        var text = ClusterReport.Write(rows, facts, "chart.svg");

        Assert.Contains("| Sluice, 3, durable | 96 | not run: the node", text, StringComparison.Ordinal);
        Assert.Contains("spread traffic | ≥ 0.80 | not measured |  |", text, StringComparison.Ordinal);
        Assert.Contains("| naive, 1 | 96 | 500 | 500–500 | 2.00 |", text, StringComparison.Ordinal);
        Assert.Contains("times | ≥ 10.0 | 10.0 | reached |", text, StringComparison.Ordinal);
    }

    private static RowResult[] Rows(double hot) =>
    [
        Row("Sluice, 1, durable", 900), Row("Sluice, 1, memory", 900), Row("Sluice, 3, durable", 1_000),
        Row("Sluice, 3, memory", 1_000), Row("Sluice, 3, durable, hot", hot), Row("Sluice, 3, memory, hot", hot),
        Row("naive, 1", 500), Row("naive, 3", 250), Row("naive, 3, hot", 200),
    ];

    private static RowResult Row(string name, double eventsPerSecond)
    {
        var row = new RowResult(name, connections: 96);
        row.Add(eventsPerSecond, Latency);
        return row;
    }

    private static ClusterFacts Facts(double grainCallNs, double calls) => new(
        new CoreResult("admission", 100, 0),
        new CoreResult("call", grainCallNs, 700),
        [(50, 60), (500, 60), (5_000, calls)]);
}
