namespace Sluice.Simulation.Timeline;

/// <summary>The next events, ordered by (time, sequence). The only source of time in a run.</summary>
internal sealed class EventHeap
{
    private readonly PriorityQueue<Action, (long AtUs, long Order)> _heap = new();
    private long _order;

    /// <summary>True time in microseconds since the run began; no node sees it.</summary>
    public long NowUs { get; private set; }

    public long Processed { get; private set; }

    public void After(long delayUs, Action action) => _heap.Enqueue(action, (NowUs + delayUs, ++_order));

    public void RunUntil(long untilUs)
    {
        while (_heap.TryPeek(out var action, out var key) && key.AtUs <= untilUs)
        {
            _heap.Dequeue();
            NowUs = key.AtUs;
            Processed++;
            action();
        }

        NowUs = untilUs;
    }
}
