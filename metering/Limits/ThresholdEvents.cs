using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>
/// Decides when thresholds fire and resolve, for one counter (scope, metric, period). Pure: every function takes the
/// counter's state and returns the next one, or the same array if nothing changed. Store both in the commit that holds
/// the usage: then a firing is neither lost nor repeated.
/// </summary>
/// <remarks>
/// Armed means that usage was below the value when last compared. Since confirmed usage never falls within a period,
/// "rises to or past" needs no earlier usage to compare with, and a rise hidden by a crash is found by the next
/// comparison. What fired in a period that is over is resolved by the job that closes it.
/// </remarks>
public static class ThresholdEvents
{
    /// <summary>Returns a counter's state at the start of its period, with the limits set before.</summary>
    public static ImmutableArray<ThresholdState> Start(
        LimitSet limits, MetricId metric, PeriodKind period, long nowMs) =>
        InForce(limits, metric, period, usedUnits: 0, nowMs);

    /// <summary>Applies confirmed usage, now <paramref name="usedUnits"/>.</summary>
    /// <param name="states">The counter's state.</param>
    /// <param name="usedUnits">Confirmed usage of the counter.</param>
    /// <param name="raised">Receives the thresholds that fired, by rising value.</param>
    public static ImmutableArray<ThresholdState> OnUsage(
        ImmutableArray<ThresholdState> states, long usedUnits, ICollection<ThresholdEvent> raised)
    {
        ImmutableArray<ThresholdState>.Builder? next = null;
        for (var i = 0; i < states.Length; i++)
        {
            var state = states[i];
            if (state.Status != ThresholdStatus.Armed || usedUnits < state.ValueUnits)
                continue;
            next ??= states.ToBuilder();
            next[i] = state with { Status = ThresholdStatus.Fired };
            raised.Add(Of(ThresholdEventKind.Reached, state, usedUnits));
        }

        return next?.DrainToImmutable() ?? states;
    }

    /// <summary>Applies the refusal of a request by a blocked limit.</summary>
    /// <param name="states">The counter's state.</param>
    /// <param name="limitId">The limit that refused.</param>
    /// <param name="valueUnits">Its value at that moment. A refusal under a value that is no longer in force, as an
    /// edge may report after a raise, fires nothing.</param>
    /// <param name="usedUnits">Confirmed usage of the counter.</param>
    /// <param name="refusedUnits">The amount of the request.</param>
    /// <param name="raised">Receives the firing, the first time.</param>
    public static ImmutableArray<ThresholdState> OnRefusal(
        ImmutableArray<ThresholdState> states,
        long limitId,
        long valueUnits,
        long usedUnits,
        long refusedUnits,
        ICollection<ThresholdEvent> raised)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var state = states[i];
            if (state.LimitId != limitId || state.ValueUnits != valueUnits || state.Kind != LimitKind.Blocked
                || state.Status is ThresholdStatus.Fired or ThresholdStatus.Resolved)
            {
                continue;
            }

            raised.Add(Of(ThresholdEventKind.Refused, state, usedUnits) with { RefusedUnits = refusedUnits });
            return states.SetItem(i, state with { Status = ThresholdStatus.Fired });
        }

        return states;
    }

    /// <summary>
    /// Applies limits that were set, raised, lowered or removed, or a boost that began or ended. A threshold that comes
    /// into force at or below usage is quiet. One that had fired resolves when it is no longer in force and usage has
    /// reached no other threshold of its kind: lowering a reached limit, or raising it by too little, resolves nothing.
    /// </summary>
    /// <param name="states">The counter's state.</param>
    /// <param name="limits">The limits from now on.</param>
    /// <param name="metric">The counter's metric.</param>
    /// <param name="period">The counter's kind of period.</param>
    /// <param name="usedUnits">Confirmed usage of the counter, no lower than at the last <see cref="OnUsage"/>; if it
    /// is higher, call that first, so that a rise under the old limits fires them.</param>
    /// <param name="nowMs">The instant that decides which boosts apply, Unix milliseconds.</param>
    /// <param name="raised">Receives the thresholds that resolved.</param>
    public static ImmutableArray<ThresholdState> OnLimits(
        ImmutableArray<ThresholdState> states,
        LimitSet limits,
        MetricId metric,
        PeriodKind period,
        long usedUnits,
        long nowMs,
        ICollection<ThresholdEvent> raised)
    {
        var inForce = InForce(limits, metric, period, usedUnits, nowMs);
        var next = inForce.ToBuilder();
        foreach (var state in states)
        {
            // Only a firing outlives its threshold; anything else is recomputed when the value comes back.
            if (state.Status is ThresholdStatus.Armed or ThresholdStatus.Quiet)
                continue;
            var at = IndexOf(inForce, state);
            if (at >= 0)
            {
                next[at] = state;
                continue;
            }

            var over = state.Status == ThresholdStatus.Fired && !IsReached(inForce, state.Kind, usedUnits);
            if (over)
                raised.Add(Of(ThresholdEventKind.Resolved, state, usedUnits));

            // A removed limit never comes back, and neither does its id; a boosted one does when the boost ends.
            var kept = over ? state with { Status = ThresholdStatus.Resolved } : state;
            if (kept.Status == ThresholdStatus.Fired || Has(limits, state.LimitId))
                next.Add(kept);
        }

        var sorted = Sorted(next);
        return states.AsSpan().SequenceEqual(sorted.AsSpan()) ? states : sorted;
    }

    private static ImmutableArray<ThresholdState> InForce(
        LimitSet limits, MetricId metric, PeriodKind period, long usedUnits, long nowMs)
    {
        var states = ImmutableArray.CreateBuilder<ThresholdState>();
        foreach (var limit in limits.Limits)
        {
            if (limit.Metric != metric || limit.Period != period)
                continue;
            var value = limit.ValueAt(nowMs);
            var status = value <= usedUnits ? ThresholdStatus.Quiet : ThresholdStatus.Armed;
            states.Add(new ThresholdState(limit.Id, limit.Kind, value, status));
        }

        return Sorted(states);
    }

    /// <summary>
    /// Sorts by value, so that a jump over several thresholds fires them in the order of a slow rise.
    /// </summary>
    internal static ImmutableArray<ThresholdState> Sorted(ImmutableArray<ThresholdState>.Builder states)
    {
        states.Sort(static (a, b) => (a.ValueUnits, b.Kind, a.LimitId).CompareTo((b.ValueUnits, a.Kind, b.LimitId)));
        return states.ToImmutable();
    }

    private static int IndexOf(ImmutableArray<ThresholdState> states, ThresholdState threshold)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].LimitId == threshold.LimitId && states[i].ValueUnits == threshold.ValueUnits)
                return i;
        }

        return -1;
    }

    private static bool IsReached(ImmutableArray<ThresholdState> inForce, LimitKind kind, long usedUnits)
    {
        foreach (var state in inForce)
        {
            if (state.Kind == kind && state.ValueUnits <= usedUnits)
                return true;
        }

        return false;
    }

    private static bool Has(LimitSet limits, long limitId)
    {
        foreach (var limit in limits.Limits)
        {
            if (limit.Id == limitId)
                return true;
        }

        return false;
    }

    private static ThresholdEvent Of(ThresholdEventKind kind, ThresholdState state, long usedUnits) =>
        new(kind, state.LimitId, state.Kind, state.ValueUnits, usedUnits);
}
