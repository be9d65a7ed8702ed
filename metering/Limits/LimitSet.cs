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

    /// <summary>Gets the lowest blocked value of a counter at an instant; null if nothing blocks it.</summary>
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

    /// <summary>Gets the values of a counter's warnings at an instant, in ascending order.</summary>
    public IReadOnlyList<long> WarningsAt(MetricId metric, PeriodKind period, long nowMs) =>
    [
        .. Limits.Where(limit => limit.Kind == LimitKind.Warning && limit.Metric == metric && limit.Period == period)
            .Select(limit => limit.ValueAt(nowMs)).Distinct().Order(),
    ];

    /// <summary>
    /// Gets a counter's state: blocked at or past a blocked value in force, otherwise warning at or past a warning,
    /// otherwise ok. It follows from usage alone, whether or not recipients were notified.
    /// </summary>
    /// <param name="metric">The counter's metric.</param>
    /// <param name="period">The counter's kind of period.</param>
    /// <param name="usedUnits">Confirmed usage of the counter, without units held by reservations.</param>
    /// <param name="nowMs">The instant that decides which boosts apply, Unix milliseconds.</param>
    public UsageState StateOf(MetricId metric, PeriodKind period, long usedUnits, long nowMs)
    {
        var state = UsageState.Ok;
        foreach (var limit in Limits)
        {
            if (limit.Metric != metric || limit.Period != period || usedUnits < limit.ValueAt(nowMs))
                continue;
            if (limit.Kind == LimitKind.Blocked)
                return UsageState.Blocked;
            state = UsageState.Warning;
        }

        return state;
    }

    /// <summary>
    /// Gets when the next boost or base ends, which changes values without an edit: Unix milliseconds after
    /// <paramref name="nowMs"/>, or <see cref="long.MaxValue"/>.
    /// </summary>
    public long NextChangeMs(long nowMs)
    {
        var next = long.MaxValue;
        foreach (var limit in Limits)
            next = Math.Min(next, limit.NextChangeMs(nowMs));
        return next;
    }
}
