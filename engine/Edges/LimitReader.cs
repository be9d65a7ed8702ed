using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;

namespace Sluice.Engine.Edges;

/// <summary>Reads the limits that apply to an event, for its answer. Requires the edge's lock.</summary>
internal static class LimitReader
{
    /// <summary>Reads the blocking limits of all scopes, tightest first, and the worst state.</summary>
    /// <param name="usage">Receives the readings.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="includeOwn">False for a dry run, whose own takes are refunded.</param>
    public static void Read(UsageEvent usage, long nowMs, bool includeOwn = true)
    {
        usage.Readings.Clear();
        usage.State = UsageState.Ok;
        foreach (var scope in usage.Caller.Route)
        {
            foreach (var limit in scope.Limits.Limits)
                Add(usage, scope, limit, nowMs, includeOwn);
        }

        if (usage.Readings.Count > 1)
            usage.Readings.Sort(ByRoom);
    }

    /// <summary>Reads every limit of a key's scopes, warnings included, each with the state of its counter.</summary>
    public static List<(LimitReading Reading, UsageState State)> ReadAll(CachedKey key, long nowMs)
    {
        var readings = new List<(LimitReading, UsageState)>();
        foreach (var scope in key.Route)
        {
            foreach (var limit in scope.Limits.Limits)
            {
                var counter = scope.Find(limit.Metric, limit.Period);
                var used = counter?.UsedUnits ?? 0;
                var endMs = counter?.PeriodEndMs ?? scope.BoundsOf(limit.Period, nowMs).EndMs;
                readings.Add((
                    new LimitReading(limit, limit.ValueAt(nowMs), used, counter?.HeldUnits ?? 0, endMs),
                    scope.Limits.StateOf(limit.Metric, limit.Period, used, nowMs)));
            }
        }

        return readings;
    }

    /// <summary>Reads the limit that refused, and the state.</summary>
    public static void ReadRefusal(UsageEvent usage, long nowMs)
    {
        Read(usage, nowMs);
        var counter = usage.RefusedBy!;
        foreach (var reading in usage.Readings)
        {
            var limit = reading.Limit;
            if (limit.Scope != counter.Scope.Id || limit.Metric != counter.Id.Metric
                || limit.Period != counter.Id.Period.Kind)
                continue;
            if (usage.Refusal is null || reading.ValueUnits < usage.Refusal.Value.ValueUnits)
                usage.Refusal = reading;
        }
    }

    private static void Add(UsageEvent usage, EdgeScope scope, Limit limit, long nowMs, bool includeOwn)
    {
        var counter = scope.Find(limit.Metric, limit.Period);
        var used = counter?.UsedUnits ?? 0;
        if (!includeOwn && counter is not null)
            used -= OwnUnits(usage, counter);
        var value = limit.ValueAt(nowMs);
        if (used >= value)
        {
            var state = limit.Kind == LimitKind.Blocked ? UsageState.Blocked : UsageState.Warning;
            if (state > usage.State)
                usage.State = state;
        }

        if (limit.Kind != LimitKind.Blocked)
            return;
        var endMs = counter?.PeriodEndMs ?? scope.BoundsOf(limit.Period, nowMs).EndMs;
        usage.Readings.Add(new LimitReading(limit, value, used, counter?.HeldUnits ?? 0, endMs));
    }

    private static long OwnUnits(UsageEvent usage, EdgeCounter counter)
    {
        foreach (ref readonly var take in usage.Takes.Items)
        {
            if (take.Counter == counter)
                return take.RightsUnits + take.ExtraUnits;
        }

        return 0;
    }

    /// <summary>Compares by the remaining share of each limit, so that different metrics are comparable.</summary>
    private static int ByRoom(LimitReading a, LimitReading b) =>
        ((double)a.RemainingUnits / Math.Max(1, a.ValueUnits))
            .CompareTo((double)b.RemainingUnits / Math.Max(1, b.ValueUnits));
}
