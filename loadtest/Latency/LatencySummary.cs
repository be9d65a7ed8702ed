namespace Sluice.LoadTest.Latency;

/// <summary>The latencies worth printing, in milliseconds.</summary>
internal sealed record LatencySummary(double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs)
{
    public static LatencySummary Of(LatencyHistogram histogram) => new(
        Milliseconds(histogram.PercentileMicroseconds(50)),
        Milliseconds(histogram.PercentileMicroseconds(90)),
        Milliseconds(histogram.PercentileMicroseconds(99)),
        Milliseconds(histogram.PercentileMicroseconds(99.9)),
        Milliseconds(histogram.MaxMicroseconds));

    public override string ToString() =>
        $"p50 {P50Ms:0.00} ms, p90 {P90Ms:0.00} ms, p99 {P99Ms:0.00} ms, p99.9 {P999Ms:0.00} ms, max {MaxMs:0.00} ms";

    private static double Milliseconds(long microseconds) => microseconds / 1000d;
}
