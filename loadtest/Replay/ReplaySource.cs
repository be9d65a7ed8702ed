using Sluice.LoadTest.Events;
using Sluice.LoadTest.Traces;
using Sluice.LoadTest.Traffic;

namespace Sluice.LoadTest.Replay;

/// <summary>
/// The rows of a slice in order, at their time divided by the speed. Nothing here waits for an answer: if the server
/// falls behind, events become overdue, which shows in their latency.
/// </summary>
internal sealed class ReplaySource : IEventSource
{
    private readonly Trace _trace;
    private readonly KeySpread _spread;
    private readonly double _speed;
    private readonly int _from;
    private readonly int _copies;
    private readonly long _startTimestamp;
    private readonly long _timestampFrequency;
    private readonly long _events;
    private long _taken;

    public ReplaySource(Trace trace, KeySpread spread, ReplayOptions options, TimeProvider time)
    {
        _trace = trace;
        _spread = spread;
        _speed = options.Speed;
        _copies = options.RepeatIds ? 2 : 1;
        _from = Math.Min(options.From, trace.Rows.Count);
        var rows = Math.Min(options.Take ?? int.MaxValue, trace.Rows.Count - _from);
        _events = (long)rows * _copies;
        _startTimestamp = time.GetTimestamp();
        _timestampFrequency = time.TimestampFrequency;
    }

    public double FractionDone => _events == 0 ? 1 : Math.Min(1, (double)Volatile.Read(ref _taken) / _events);

    public bool TryTake(out LoadEvent item)
    {
        item = default;
        var taken = Interlocked.Increment(ref _taken) - 1;
        if (taken >= _events)
            return false;

        // Both copies of a row are adjacent, so that two lanes send them at the same time.
        var row = _from + (int)(taken / _copies);
        item = EventOf(row) with { DueTimestamp = DueOf(row) };
        return true;
    }

    /// <summary>Gets the event of a row, whenever it is sent.</summary>
    public LoadEvent EventOf(int row) => new(
        row, _spread.KeyOf(row), _trace.Rows[row].ContextTokens, _trace.Rows[row].GeneratedTokens);

    private long DueOf(int row)
    {
        if (_speed <= 0)
            return 0;
        var offset = (_trace.Rows[row].Offset - _trace.Rows[_from].Offset).TotalSeconds / _speed;
        return _startTimestamp + (long)(offset * _timestampFrequency);
    }
}
