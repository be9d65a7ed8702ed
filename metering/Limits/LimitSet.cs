using System.Collections.Immutable;
using Sluice.Metering.Identity;
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
    /// Gets when the next boost ends, which changes values without an edit: Unix milliseconds after
    /// <paramref name="nowMs"/>, or <see cref="long.MaxValue"/>.
    /// </summary>
    public long NextChangeMs(long nowMs)
    {
        var next = long.MaxValue;
        foreach (var limit in Limits)
        {
            if (limit.BoostedUntilMs > nowMs && limit.BoostedUnits > limit.ValueUnits)
                next = Math.Min(next, limit.BoostedUntilMs);
        }

        return next;
    }

    /// <summary>
    /// Returns the next version, in which a checked draft replaces what its source had set on the metric in that
    /// period. A threshold whose kind and value are unchanged keeps its id, and so doesn't fire a second time in a
    /// period; every other one gets a new id. A boost stays with the blocked limit until it ends or is removed.
    /// </summary>
    /// <param name="scope">The owner of the limits.</param>
    /// <param name="source">Who sets the limits.</param>
    /// <param name="draft">A draft in which <see cref="LimitRules"/> found no errors.</param>
    /// <param name="newId">Generates ids that were never used before.</param>
    public LimitSet With(ScopeId scope, LimitSource source, LimitDraft draft, Func<long> newId)
    {
        bool Replaced(Limit limit) =>
            limit.Source == source && limit.Metric == draft.Metric && limit.Period == draft.Period;

        var before = Limits.Where(Replaced).ToArray();
        var boosted = before.FirstOrDefault(static l => l.Kind == LimitKind.Blocked);

        Limit Threshold(LimitKind kind, long units) =>
            before.FirstOrDefault(l => l.Kind == kind && l.ValueUnits == units)
            ?? new Limit(newId(), scope, draft.Metric, draft.Period, kind, source, units);

        var after = Limits.Where(l => !Replaced(l)).ToList();
        if (draft.BlockedUnits is { } blocked)
        {
            after.Add(Threshold(LimitKind.Blocked, blocked) with
            {
                BoostedUnits = boosted?.BoostedUnits ?? 0,
                BoostedUntilMs = boosted?.BoostedUntilMs ?? 0,
            });
        }

        foreach (var warning in draft.Warnings)
        {
            var units = warning.Resolve(draft.BlockedUnits)
                ?? throw new ArgumentException("the draft was not checked", nameof(draft));
            after.Add(Threshold(LimitKind.Warning, units));
        }

        return new LimitSet(Version + 1, [.. after]);
    }

    /// <summary>
    /// Returns the next version, in which one limit is boosted; 0 and 0 remove a boost. The limit keeps its id.
    /// </summary>
    /// <exception cref="ArgumentException">The set has no limit with that id.</exception>
    public LimitSet WithBoost(long limitId, long boostedUnits, long untilMs)
    {
        var limit = Limits.FirstOrDefault(l => l.Id == limitId)
            ?? throw new ArgumentException("there is no such limit", nameof(limitId));
        var boosted = limit with { BoostedUnits = boostedUnits, BoostedUntilMs = untilMs };
        return new LimitSet(Version + 1, Limits.Replace(limit, boosted));
    }
}
