using System.Collections.Concurrent;

namespace Sluice.Engine.Events;

/// <summary>Keeps events for reuse, so that the hot path allocates next to nothing.</summary>
public sealed class UsageEventPool
{
    /// <summary>Maximum idle events kept; the rest is left to the garbage collector.</summary>
    private const int IdleMax = 32_768;

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
        if (Interlocked.Increment(ref _count) <= IdleMax)
            _idle.Enqueue(usage);
        else
            Interlocked.Decrement(ref _count);
    }
}
