using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Hammer;

/// <summary>Identical events, key after key, until a number of them is sent or the time is up.</summary>
internal sealed class HammerSource(int keys, long tokens, long? requests, TimeSpan duration, TimeProvider time)
    : IEventSource
{
    private readonly long _started = time.GetTimestamp();
    private long _taken;

    public double FractionDone => Math.Min(1, requests is { } limit
        ? (double)Volatile.Read(ref _taken) / Math.Max(1, limit)
        : time.GetElapsedTime(_started) / duration);

    public bool TryTake(out LoadEvent item)
    {
        item = default;
        if (requests is null && time.GetElapsedTime(_started) >= duration)
            return false;
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= requests)
            return false;
        item = new LoadEvent(number, (int)(number % keys), tokens, OutputTokens: 0);
        return true;
    }
}
