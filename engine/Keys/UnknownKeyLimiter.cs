using System.Net;

namespace Sluice.Engine.Keys;

/// <summary>
/// Limits how often an address may have ids looked up that are no known keys. Addresses share a fixed number of
/// buckets by a hash that only this process knows, so memory is bounded and no one can choose whom to share with.
/// Thread-safe.
/// </summary>
public sealed class UnknownKeyLimiter
{
    /// <summary>Look-ups that an address may use at once.</summary>
    public const int Burst = 200;

    /// <summary>Look-ups of an address in a second, in the long run.</summary>
    public const int PerSecond = 50;

    private const int BucketCount = 16_384;

    private const int IntervalMs = 1_000 / PerSecond;

    // For each bucket the instant, in monotonic milliseconds, at which all of its look-ups are free again.
    private readonly long[] _fullAtMs = new long[BucketCount];

    /// <summary>Takes one look-up; returns false if the address has none left.</summary>
    /// <param name="address">The caller; its network counts.</param>
    /// <param name="nowMs">Monotonic milliseconds.</param>
    public bool TryTake(IPAddress address, long nowMs)
    {
        ref var fullAtMs = ref _fullAtMs[BucketOf(address)];
        while (true)
        {
            var before = Volatile.Read(ref fullAtMs);
            var after = Math.Max(before, nowMs) + IntervalMs;
            if (after - nowMs > (long)Burst * IntervalMs)
                return false;
            if (Interlocked.CompareExchange(ref fullAtMs, after, before) == before)
                return true;
        }
    }

    private static int BucketOf(IPAddress address) =>
        (int)(unchecked((uint)HashCode.Combine(SenderNetwork.Of(address))) % BucketCount);
}
