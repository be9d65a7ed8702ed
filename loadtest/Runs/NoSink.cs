using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Runs;

/// <summary>For runs whose tally says enough.</summary>
internal sealed class NoSink : IOutcomeSink
{
    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        // The lanes keep the tally; nothing else is asked for.
    }
}
