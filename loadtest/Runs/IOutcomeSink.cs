using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Runs;

/// <summary>Learns what became of each event. Every lane reports to it, so it is thread-safe.</summary>
internal interface IOutcomeSink
{
    void Record(in LoadEvent item, in EventAnswer answer);
}
