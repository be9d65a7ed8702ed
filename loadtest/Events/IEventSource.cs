using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Events;

/// <summary>Provides a run's events. Every lane takes from it, so it is thread-safe.</summary>
internal interface IEventSource
{
    /// <summary>The completed fraction of the run, 0 to 1.</summary>
    double FractionDone { get; }

    /// <summary>Takes the next event; returns false when the run ends.</summary>
    bool TryTake(out LoadEvent item);
}
