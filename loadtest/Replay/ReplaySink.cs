using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Replay;

/// <summary>
/// Records which rows are acknowledged, and detects a row that the server claims to count for the first time twice.
/// </summary>
internal sealed class ReplaySink(RowSet acknowledgedBefore) : IOutcomeSink
{
    private readonly RowSet _counted = acknowledgedBefore.Copy();
    private long _countedTwice = -1;

    /// <summary>Rows acknowledged in this run or before.</summary>
    public RowSet Acknowledged { get; } = acknowledgedBefore.Copy();

    /// <summary>A row whose id was counted a second time; null if there is none.</summary>
    public long? CountedTwice => Volatile.Read(ref _countedTwice) is >= 0 and var row ? row : null;

    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        if (answer.Outcome == EventOutcome.Counted && !_counted.Add(item.Number))
            Interlocked.CompareExchange(ref _countedTwice, item.Number, -1);
        if (answer.Outcome is EventOutcome.Counted or EventOutcome.Duplicate)
            Acknowledged.Add(item.Number);
    }
}
