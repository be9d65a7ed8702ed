using HdrHistogram;

namespace Sluice.LoadTest.Latency;

/// <summary>Latencies in an HDR histogram: microseconds, exact to three digits, up to an hour.</summary>
internal static class LatencyRecording
{
    private const int Digits = 3;
    private const long LongestMicroseconds = 3_600_000_000;

    /// <summary>Creates an empty histogram, which is not thread-safe: each lane has its own.</summary>
    public static LongHistogram Create() => new(LongestMicroseconds, Digits);

    /// <summary>Records a latency; a negative one, of a clock that stepped back, counts as zero.</summary>
    public static void Record(this HistogramBase histogram, TimeSpan latency) => histogram.RecordValue(
        Math.Clamp(latency.Ticks / TimeSpan.TicksPerMicrosecond, 0, LongestMicroseconds));
}
