using Sluice.Bench.Http;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Latency;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Reports;

public sealed class BuildReportTests
{
    private static readonly string Program = typeof(BuildReportTests).Assembly.Location;

    [Fact]
    public void Ratios_AreOfTheMedians_AndOfRoundsMeasuredTogether()
    {
        var other = Row("Sluice (other build), durable", [800, 1_000, 1_500]);
        var row = Row("Sluice, durable", [1_000, 1_300, 1_200], other);

        var ratio = Assert.Single(BuildRatio.Of([row], own: null, other: null));

        Assert.Equal(
            "| Sluice, durable, 64 connections, events/s | 1,200 | 1,000 | 1.20 | 0.80–1.30 |\n", ratio.Write());
    }

    [Fact]
    public void Facts_OfBothNodes_AreComparedLikeRates()
    {
        var own = new NodeFacts
        {
            StartsMs = [1_500, 1_200, 1_400],
            BytesPerIdleKey = 1_010,
            AuthorityCalls = [(50, 40), (5_000, 44)],
        };
        var other = own with { StartsMs = [1_000, 1_000, 1_000], BytesPerIdleKey = null };

        var text = BuildReport.Write(Program, BuildRatio.Of([Row("echo", [1])], own, other));

        Assert.Contains("| ready after start, ms | 1,400 | 1,000 | 1.40 | 1.20–1.50 |", text, StringComparison.Ordinal);
        Assert.Contains("| bytes per idle cached key | 1,010 | not measured | | |", text, StringComparison.Ordinal);
        Assert.Contains("at 5,000 requests/s | 44.0 | 44.0 | 1.00 | 1.00–1.00 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("echo", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RowWithAFault_HasNoRatio()
    {
        var other = Row("Sluice (other build), durable", [1_000, 1_000]);
        other.NotRunBecause = "of 100 events 99 were counted";

        var ratio = Assert.Single(BuildRatio.Of([Row("Sluice, durable", [900, 900], other)], own: null, other: null));

        Assert.Equal(
            "| Sluice, durable, 64 connections, events/s | 900 | not measured | | |\n", ratio.Write());
    }

    [Fact]
    public void OtherBuild_IsNamedByItsFile_NotByItsFolder()
    {
        var text = BuildReport.Write(Program, []);

        Assert.Contains($"({Path.GetFileName(Program)}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(Program)!, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_ShowTheOtherBuildBesideThisOne()
    {
        var row = Row("Sluice, durable", [1_000], Row("Sluice (other build), durable", [500]));
        var rows = Enumerable.Repeat(Row("empty echo endpoint", [2_000]), 9).ToArray();
        rows[1] = row;

        var text = HttpReport.Write(rows, facts: null, "chart.svg");

        Assert.Contains(
            "| Sluice, durable | 64 | 1,000 | 1,000–1,000 | 0.50 | 1.00 | 3.00 | 4.00 |\n"
            + "| Sluice (other build), durable | 64 | 500 | 500–500 | 0.25 | 1.00 | 3.00 | 4.00 |\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains(">Sluice (other build), durable</text>", BarChart.Draw(rows), StringComparison.Ordinal);
    }

    private static RowResult Row(string name, double[] rates, RowResult? otherBuild = null)
    {
        var row = new RowResult(name, connections: 64) { OtherBuild = otherBuild };
        foreach (var rate in rates)
            row.Add(rate, new LatencySummary(1, 2, 3, 4, 5));
        return row;
    }
}
