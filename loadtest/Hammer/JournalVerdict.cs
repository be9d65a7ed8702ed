using System.Collections.Concurrent;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Compares the second answer of every event with the first: acknowledged means it is a duplicate now, refused means
/// it was never counted.
/// </summary>
internal sealed class JournalVerdict(JournalReader journal) : IOutcomeSink
{
    private const int ExamplesMax = 10;

    private readonly Dictionary<long, JournalLine> _first = Decided(journal);
    private readonly ConcurrentQueue<string> _examples = new();
    private long _lost;
    private long _refusedYetCounted;

    /// <summary>Acknowledged once, unknown now.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Refused once, counted all the same.</summary>
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
