using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Runs;

/// <summary>A sink for runs that need nothing but the tally.</summary>
internal sealed class NoSink : IOutcomeSink
{
    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        // The lanes keep the tally; nothing else is needed.
    }
}
