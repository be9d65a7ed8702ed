using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Runs;

/// <summary>Where a run's events come from. Every lane takes from it, so it is thread-safe.</summary>
internal interface IEventSource
{
    /// <summary>How much of the run is done, 0 to 1.</summary>
    double FractionDone { get; }

    /// <summary>The next event, or false when the run ends.</summary>
    bool TryTake(out LoadEvent item);
}
