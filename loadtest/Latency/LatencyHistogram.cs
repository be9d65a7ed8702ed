using System.Numerics;

namespace Sluice.LoadTest.Latency;

/// <summary>
/// Latencies in buckets whose width grows with the value (the idea of HdrHistogram): 64 buckets per power of two, so a
/// reported value is at most 1/64 above the true one, from 1 µs to hours, in 30 KiB and without allocation.
/// Not thread-safe: one per lane, merged at the end.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int Buckets = (64 - SubBucketBits) * SubBuckets;

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    public long MaxMicroseconds { get; private set; }

    /// <summary>Negative durations (a clock that stepped back) count as zero.</summary>
    public void Record(TimeSpan latency) => RecordMicroseconds(latency.Ticks / TimeSpan.TicksPerMicrosecond);

    public void RecordMicroseconds(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        _counts[BucketOf(microseconds)]++;
        Count++;
        MaxMicroseconds = Math.Max(MaxMicroseconds, microseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        MaxMicroseconds = Math.Max(MaxMicroseconds, other.MaxMicroseconds);
    }

    /// <summary>The upper end of the bucket that holds the value at <paramref name="percentile"/> (0 to 100), by the
    /// nearest-rank rule; 0 when nothing was recorded.</summary>
    public long PercentileMicroseconds(double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percentile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        if (Count == 0)
            return 0;
        var rank = Math.Max(1, (long)Math.Ceiling(percentile / 100 * Count));
        var seen = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(HighestOf(i), MaxMicroseconds);
        }

        throw new InvalidOperationException("The counts of the buckets don't add up to the number of values.");
    }

    // Below 128 each value has a bucket of its own; above, the top seven bits choose it.
    private static int BucketOf(long value)
    {
        if (value < 2 * SubBuckets)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - SubBucketBits;
        return (shift << SubBucketBits) + (int)(value >> shift);
    }

    private static long HighestOf(int bucket)
    {
        if (bucket < 2 * SubBuckets)
            return bucket;
        var shift = (bucket >> SubBucketBits) - 1;
        var mantissa = (long)bucket - ((long)shift << SubBucketBits);
        return (mantissa << shift) + ((1L << shift) - 1);
    }
}
