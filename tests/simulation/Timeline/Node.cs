using Sluice.Metering.Leases;

namespace Sluice.Simulation.Timeline;

/// <summary>A machine: its clocks, and pauses during which nothing on it runs while the world continues.</summary>
internal sealed class Node(EventHeap heap, int number, NodeClock clock)
{
    private long _pausedUntilUs;

    public int Number { get; } = number;

    public NodeClock Clock { get; } = clock;

    public CoreInstant Now => Clock.Read(heap.NowUs);

    public bool Paused => heap.NowUs < _pausedUntilUs;

    public void Pause(long forUs) => _pausedUntilUs = Math.Max(_pausedUntilUs, heap.NowUs + forUs);

    public void Wake() => _pausedUntilUs = heap.NowUs;

    /// <summary>Runs an action now, or when the machine wakes.</summary>
    public void Run(Action action)
    {
        if (Paused)
            heap.After(_pausedUntilUs - heap.NowUs, () => Run(action));
        else
            action();
    }

    /// <summary>Runs an action later, on this machine.</summary>
    public void After(long delayUs, Action action) => heap.After(delayUs, () => Run(action));
}
