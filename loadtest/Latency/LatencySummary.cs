using HdrHistogram;

namespace Sluice.LoadTest.Latency;

/// <summary>The latency percentiles to print, in milliseconds.</summary>
internal sealed record LatencySummary(double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs)
{
    /// <summary>Returns the summary of a histogram of microseconds; all 0 if nothing was recorded.</summary>
    public static LatencySummary Of(HistogramBase histogram) => histogram.TotalCount == 0
        ? new(0, 0, 0, 0, 0)
        : new(
            Milliseconds(histogram.GetValueAtPercentile(50)),
            Milliseconds(histogram.GetValueAtPercentile(90)),
            Milliseconds(histogram.GetValueAtPercentile(99)),
            Milliseconds(histogram.GetValueAtPercentile(99.9)),
            Milliseconds(histogram.GetMaxValue()));

    public override string ToString() =>
        $"p50 {P50Ms:0.00} ms, p90 {P90Ms:0.00} ms, p99 {P99Ms:0.00} ms, p99.9 {P999Ms:0.00} ms, max {MaxMs:0.00} ms";

    private static double Milliseconds(long microseconds) => microseconds / 1000d;
}
