using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Simulation.Oracle;

/// <summary>
/// Which limits may be in force: from the moment a set is requested until a later one is reported effective.
/// </summary>
internal sealed class LimitHistory
{
    private readonly List<LimitSet> _window = [];

    public void Requested(LimitSet set) => _window.Add(set);

    public void Effective(long version) => _window.RemoveAll(s => s.Version < version);

    /// <summary>
    /// Returns the highest blocked value that may be in force, boosts included; null if one set blocks nothing.
    /// </summary>
    public long? Highest(CounterId counter)
    {
        long highest = 0;
        foreach (var set in _window)
        {
            if (BlockedBy(set, counter) is not { } value)
                return null;
            highest = Math.Max(highest, value);
        }

        return highest;
    }

    private static long? BlockedBy(LimitSet set, CounterId counter)
    {
        long? lowest = null;
        foreach (var limit in set.Limits)
        {
            var blocks = limit.Kind == LimitKind.Blocked && limit.Metric == counter.Metric;
            if (!blocks || limit.Period != counter.Period.Kind)
                continue;
            var value = Math.Max(limit.ValueUnits, limit.BoostedUnits);
            if (lowest is null || value < lowest)
                lowest = value;
        }

        return lowest;
    }
}
