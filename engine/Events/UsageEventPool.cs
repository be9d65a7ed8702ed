using System.Collections.Concurrent;

namespace Sluice.Engine.Events;

/// <summary>Keeps events for reuse, so that the hot path allocates next to nothing.</summary>
public sealed class UsageEventPool
{
    /// <summary>
    /// Maximum idle events kept; the rest is left to the garbage collector: a burst of batches has tens of thousands
    /// under way that are not needed again.
    /// </summary>
    private const int IdleMax = 8_192;

    /// <summary>Idle events beyond which one that counted many metrics, which has some KB, is not kept.</summary>
    private const int LargeIdleMax = 1_024;

    /// <summary>Room for more takes than events with a few metrics need.</summary>
    private const int LargeTakes = 16;

    private readonly ConcurrentQueue<UsageEvent> _idle = new();
    private int _count;

    public UsageEvent Rent()
    {
        if (_idle.TryDequeue(out var usage))
            Interlocked.Decrement(ref _count);
        else
            usage = new UsageEvent(this);
        usage.Start();
        return usage;
    }

    internal void Return(UsageEvent usage)
    {
        var max = usage.Takes.Capacity > LargeTakes ? LargeIdleMax : IdleMax;
        if (Interlocked.Increment(ref _count) <= max)
        {
            usage.Forget();
            _idle.Enqueue(usage);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
