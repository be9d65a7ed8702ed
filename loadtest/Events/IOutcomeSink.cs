using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Events;

/// <summary>Receives the result of each event. Every lane reports to it, so it is thread-safe.</summary>
internal interface IOutcomeSink
{
    void Record(in LoadEvent item, in EventAnswer answer);
}
