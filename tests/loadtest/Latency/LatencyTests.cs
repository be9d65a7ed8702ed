using HdrHistogram;
using Sluice.LoadTest.Latency;
using Xunit;

namespace Sluice.LoadTest.Tests.Latency;

public sealed class LatencyTests
{
    [Fact]
    public void Summary_HasPercentilesInMilliseconds_ExactToThreeDigits()
    {
        var summary = LatencySummary.Of(
            Fill(Enumerable.Range(1, 1_000).Select(static ms => TimeSpan.FromMilliseconds(ms))));

        Assert.Equal(500, summary.P50Ms, tolerance: 0.5);
        Assert.Equal(900, summary.P90Ms, tolerance: 0.9);
        Assert.Equal(990, summary.P99Ms, tolerance: 1);
        Assert.Equal(999, summary.P999Ms, tolerance: 1);
        Assert.Equal(1_000, summary.MaxMs, tolerance: 1);
    }

    [Fact]
    public void Lanes_AddUp_AsIfAllHadBeenRecordedInOne()
    {
        TimeSpan[] latencies = [.. Enumerable.Range(0, 1_000).Select(static i => TimeSpan.FromMicroseconds(i * i))];
        var sum = Fill(latencies[..300]);
        sum.Add(Fill(latencies[300..]));

        Assert.Equal(1_000, sum.TotalCount);
        Assert.Equal(LatencySummary.Of(Fill(latencies)), LatencySummary.Of(sum));
    }

    [Fact]
    public void NothingRecorded_HasNoLatency() =>
        Assert.Equal(new LatencySummary(0, 0, 0, 0, 0), LatencySummary.Of(LatencyRecording.Create()));

    [Fact]
    public void WhatNoClockCanMean_IsCounted_AtTheEndsOfTheRange()
    {
        var histogram = Fill([TimeSpan.FromMilliseconds(-1), TimeSpan.FromDays(1)]);

        Assert.Equal(2, histogram.TotalCount);
        Assert.Equal(0, LatencySummary.Of(histogram).P50Ms);
    }

    private static LongHistogram Fill(IEnumerable<TimeSpan> latencies)
    {
        var histogram = LatencyRecording.Create();
        foreach (var latency in latencies)
            histogram.Record(latency);
        return histogram;
    }
}
