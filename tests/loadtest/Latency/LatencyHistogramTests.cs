using Sluice.LoadTest.Latency;
using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.LoadTest.Tests.Latency;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_AreAtMostOneSixtyFourthAboveThoseOfTheSortedValues(long seed)
    {
        // Spread over nine powers of ten, as no real run is, so that every range of buckets is used.
        var values = Enumerable.Range(0, 10_000)
            .Select(i => (long)Math.Pow(10, 9 * SeededBits.UnitAt(seed, i)))
            .ToArray();
        var histogram = Fill(values);
        Array.Sort(values);

        foreach (var percentile in (double[])[0, 0.1, 10, 50, 90, 99, 99.9, 100])
        {
            var rank = Math.Max(1, (int)Math.Ceiling(percentile / 100 * values.Length));
            var exact = values[rank - 1];
            Assert.InRange(histogram.PercentileMicroseconds(percentile), exact, exact + (exact / 64));
        }
    }

    [Fact]
    public void EveryValue_IsReportedInItsOwnBucket_UpToTheLongestLatency()
    {
        foreach (var value in (long[])[0, 1, 127, 128, 129, 255, 256, 1_000_000, long.MaxValue])
        {
            // The larger value keeps the maximum from hiding where the smaller one's bucket ends.
            var histogram = Fill([value, long.MaxValue]);
            var reported = histogram.PercentileMicroseconds(50);
            Assert.InRange(reported, value, value + Math.Min(value / 64, long.MaxValue - value));
        }
    }

    [Fact]
    public void Merging_IsTheSameAsRecordingEverythingInOne()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (long)(SeededBits.At(5, i) % 1_000_000)).ToArray();
        var merged = Fill(values[..300]);
        merged.Add(Fill(values[300..]));
        var whole = Fill(values);

        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(LatencySummary.Of(whole), LatencySummary.Of(merged));
    }

    [Fact]
    public void Nothing_HasNoLatency() => Assert.Equal(0, new LatencyHistogram().PercentileMicroseconds(99));

    [Fact]
    public void NegativeDuration_CountsAsZero()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(-1));

        Assert.Equal(1, histogram.Count);
        Assert.Equal(0, histogram.PercentileMicroseconds(100));
    }

    private static LatencyHistogram Fill(IEnumerable<long> values)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in values)
            histogram.RecordMicroseconds(value);
        return histogram;
    }
}
