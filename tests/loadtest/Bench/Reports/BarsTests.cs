using Sluice.Bench.Http;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Latency;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Reports;

public sealed class BarsTests
{
    private static readonly LatencySummary Latency = new(1, 2, 3, 4, 5);

    [Fact]
    public void Bars_AreReachedAtTheirValue_AndMissedBelow()
    {
        var reached = Bars.Of(Rows(echo: 1000, durable: 500, memory: 750, batch: 150_000, postgres: 83), Facts(10));
        var missed = Bars.Of(Rows(echo: 1000, durable: 499, memory: 749, batch: 149_999, postgres: 84), Facts(100) with
        {
            StartsMs = [1, 2001, 9000],
            BytesPerIdleKey = 1025,
        });

        Assert.All(reached, bar => Assert.True(bar.Reached, bar.What));
        Assert.All(missed, bar => Assert.False(bar.Reached, bar.What));
    }

    [Fact]
    public void WhatWasNotMeasured_IsNeitherReachedNorMissed()
    {
        var rows = Rows(echo: 1000, durable: 500, memory: 750, batch: 150_000, postgres: 80);
        rows.Durable.NotRunBecause = "the node is not built";
        rows.Memory.NotRunBecause = "the node is not built";
        rows.DurableOfMany.NotRunBecause = "the node is not built";
        rows.MemoryOfMany.NotRunBecause = "the node is not built";
        rows.Batch.NotRunBecause = "the node is not built";

        var bars = Bars.Of(rows, facts: null);

        Assert.All(bars, bar => Assert.Null(bar.Reached));
        Assert.All(bars, bar => Assert.Equal("not measured", bar.Measured));
    }

    [Fact]
    public void Row_ShowsTheMedianRound_WithItsOwnLatencies()
    {
        var row = new RowResult("row", connections: 64);
        row.Add(300, Latency with { P50Ms = 30 });
        row.Add(100, Latency with { P50Ms = 10 });
        row.Add(200, Latency with { P50Ms = 20 });

        Assert.Equal(200, row.EventsPerSecond);
        Assert.Equal(20, row.Latency.P50Ms);
        Assert.Equal((100, 300), row.Span);
        Assert.Equal([300, 100, 200], row.Rates);
    }

    [Fact]
    public void Report_SaysWhyARowWasNotRun()
    {
        var rows = Rows(echo: 1000, durable: 500, memory: 750, batch: 150_000, postgres: 80);
        rows.Redis.NotRunBecause = "redis-server is not\ninstalled | here";

        var text = HttpReport.Write(
            [
                rows.Echo, rows.Durable, rows.Memory, rows.EchoOfMany, rows.DurableOfMany, rows.MemoryOfMany,
                rows.Batch, rows.Postgres, rows.Redis,
            ],
            Facts(1),
            "chart.svg");

        const string Reason = "not run: redis-server is not installed \\| here";
        Assert.Contains($"| Redis | 64 | {Reason} |", text, StringComparison.Ordinal);
        Assert.Contains("| Durable | 64 | 500 | 500–500 | 0.50 | 1.00 | 3.00 | 4.00 |", text, StringComparison.Ordinal);
    }

    private static HttpRows Rows(double echo, double durable, double memory, double batch, double postgres) => new(
        Row("Echo", echo), Row("Durable", durable), Row("Memory", memory), Row("Echo", echo, 256),
        Row("Durable", durable, 256), Row("Memory", memory, 256), Row("Batch", batch, 8), Row("Postgres", postgres),
        Row("Redis", 1));

    private static RowResult Row(string name, double eventsPerSecond, int connections = 64)
    {
        var row = new RowResult(name, connections);
        row.Add(eventsPerSecond, Latency);
        return row;
    }

    private static NodeFacts Facts(double callsAtTheHighestRate) => new()
    {
        StartsMs = [9000, 2000, 1],
        BytesPerIdleKey = 1024,
        AuthorityCalls = [(50, 10), (500, 12), (5000, callsAtTheHighestRate)],
    };
}
