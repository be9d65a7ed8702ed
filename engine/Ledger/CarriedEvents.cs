using Sluice.Engine.Events;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Events that were answered from memory, or are about to be by the thread that enqueued them, and whose batch failed:
/// they go with the next batch and are never undone, because nothing acknowledged may be lost.
/// </summary>
internal sealed class CarriedEvents
{
    private readonly List<UsageEvent> _events = [];

    public int Count => _events.Count;

    /// <summary>Moves the events that are answered from memory here; the others stay.</summary>
    public void TakeFrom(List<UsageEvent> events)
    {
        _events.AddRange(events.Where(static usage => usage.Memory));
        events.RemoveAll(static usage => usage.Memory);
    }

    /// <summary>Moves the oldest to a batch, as far as one takes them; returns their lines.</summary>
    public int TakeInto(List<UsageEvent> batch, int linesMax)
    {
        var (events, lines) = (0, 0);
        while (events < _events.Count && events < LedgerBounds.BatchMax && lines < linesMax)
            lines += WaitingEvents.LinesOf(_events[events++]);
        batch.AddRange(_events.GetRange(0, events));
        _events.RemoveRange(0, events);
        return lines;
    }

    public List<UsageEvent> TakeAll()
    {
        var all = _events.ToList();
        _events.Clear();
        return all;
    }
}
