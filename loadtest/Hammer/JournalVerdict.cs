using System.Collections.Concurrent;
using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Compares the second answer of every event with the first: an acknowledged event must be a duplicate now, a refused
/// one must never have been counted.
/// </summary>
internal sealed class JournalVerdict(JournalReader journal) : IOutcomeSink
{
    private const int ExamplesMax = 10;

    private readonly Dictionary<long, JournalLine> _first = Decided(journal);
    private readonly ConcurrentQueue<string> _examples = new();
    private long _lost;
    private long _refusedYetCounted;

    /// <summary>The number of events that were acknowledged and are unknown now.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>The number of events that were refused and were counted anyway.</summary>
    public long RefusedYetCounted => Volatile.Read(ref _refusedYetCounted);

    /// <summary>The first few violations.</summary>
    public IReadOnlyCollection<string> Examples => _examples;

    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        var first = _first[item.Number];
        if (first.IsAcknowledged && answer.Outcome is EventOutcome.Counted or EventOutcome.Refused)
            Note(ref _lost, $"{journal.RunId}-{item.Number} was acknowledged, then lost ({answer.Outcome} now)");
        else if (first.IsRefused && answer.Outcome == EventOutcome.Duplicate)
            Note(ref _refusedYetCounted, $"{journal.RunId}-{item.Number} was refused and counted");
    }

    private static Dictionary<long, JournalLine> Decided(JournalReader journal)
    {
        var first = new Dictionary<long, JournalLine>();
        foreach (var line in journal.Lines)
            first.TryAdd(line.Number, line);
        return first;
    }

    private void Note(ref long count, string example)
    {
        if (Interlocked.Increment(ref count) <= ExamplesMax)
            _examples.Enqueue(example);
    }
}
