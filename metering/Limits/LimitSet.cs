using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>All limits of one scope at one version. Immutable: a change is a new set with a higher version.</summary>
/// <param name="Version">Rises with every change; edges quote it to say which set they follow.</param>
/// <param name="Limits">In no particular order.</param>
public sealed record LimitSet(long Version, ImmutableArray<Limit> Limits)
{
    public static readonly LimitSet None = new(0, []);

    /// <summary>The lowest blocked value of a counter at an instant, or null where nothing blocks it.</summary>
    public long? BlockedAt(MetricId metric, PeriodKind period, long nowMs)
    {
        long? lowest = null;
        foreach (var limit in Limits)
        {
            if (limit.Kind != LimitKind.Blocked || limit.Metric != metric || limit.Period != period)
                continue;
            var value = limit.ValueAt(nowMs);
            if (lowest is null || value < lowest)
                lowest = value;
        }

        return lowest;
    }
}
