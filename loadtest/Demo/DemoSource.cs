using Sluice.LoadTest.Demo.Prices;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Traffic;

namespace Sluice.LoadTest.Demo;

/// <summary>Evenly paced events with the token counts of LLM traffic, determined by the seed.</summary>
internal sealed class DemoSource(DemoOptions options, int keys, TimeProvider time) : IEventSource
{
    // Each property of an event draws from its own sequence.
    private const long PromptSalt = 1;
    private const long CompletionSalt = 2;
    private const long ModelSalt = 3;

    private readonly KeySpread _spread = new(keys, options.Seed);
    private readonly long _started = time.GetTimestamp();
    private long _taken;

    public long Events { get; } = (long)(options.Duration.TotalSeconds * options.EventsPerSecond);

    public double FractionDone => Events == 0 ? 1 : Math.Min(1, (double)Volatile.Read(ref _taken) / Events);

    public bool TryTake(out LoadEvent item)
    {
        item = default;
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= Events)
            return false;
        var due = _started + (long)((double)number / options.EventsPerSecond * time.TimestampFrequency);
        item = EventAt(number) with { DueTimestamp = due };
        return true;
    }

    public LoadEvent EventAt(long number) => new(
        number,
        _spread.KeyOf(number),
        LogNormalTokens.Prompts.At(options.Seed ^ (PromptSalt << 32), number),
        LogNormalTokens.Completions.At(options.Seed ^ (CompletionSalt << 32), number),
        DemoPrices.ModelAt(SeededBits.UnitAt(options.Seed ^ (ModelSalt << 32), number)));
}
