using Sluice.LoadTest.Events;

namespace Sluice.Bench.Http;

/// <summary>Identical events at a steady rate, for a time.</summary>
internal sealed class PacedSource(int keys, long tokens, int eventsPerSecond, TimeSpan duration, TimeProvider time)
    : IEventSource
{
    private readonly long _events = (long)(eventsPerSecond * duration.TotalSeconds);
    private readonly long _started = time.GetTimestamp();
    private long _taken;

    public double FractionDone => Math.Min(1, (double)Volatile.Read(ref _taken) / _events);

    public bool TryTake(out LoadEvent item)
    {
        item = default;
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= _events)
            return false;
        var due = _started + (long)((double)number / eventsPerSecond * time.TimestampFrequency);
        item = new LoadEvent(number, (int)(number % keys), tokens, OutputTokens: 0, DueTimestamp: due);
        return true;
    }
}
