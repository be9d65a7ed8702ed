using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Holds;

/// <summary>
/// An open hold whose session has been settled. No edge has it; its row in the store is the hold. Any edge may end it.
/// </summary>
/// <param name="lines">The amount in each counter; at most <see cref="LeaseBounds.TakesMax"/>.</param>
public sealed class HandedOverHold(IReadOnlyList<HoldLine> lines)
{
    /// <summary>The amount in each counter.</summary>
    public IReadOnlyList<HoldLine> Lines => lines;

    /// <summary>Computes the changes that an end without usage makes in the counters of the hold.</summary>
    public IReadOnlyList<HoldUse> Released() =>
        [.. lines.Select(static line => new HoldUse(line.Scope, line.Counter, line.Units, 0))];

    /// <summary>
    /// Computes what a commit still has to take in a counter of the committing edge. A metric that is held in a scope
    /// counts there only in the counters of the hold, as at the edge that admitted it.
    /// </summary>
    /// <returns>Units beyond the hold; all units if the hold does not have the metric in this scope.</returns>
    internal long UnitsBeyond(ScopeId scope, CounterId counter, long units)
    {
        var held = false;
        foreach (var line in lines)
        {
            if (line.Scope != scope || line.Counter.Metric != counter.Metric)
                continue;
            if (line.Counter == counter)
                return Math.Max(0, units - line.Units);
            held = true;
        }

        return held ? 0 : units;
    }

    /// <summary>Computes the changes that a commit makes in the counters of the hold.</summary>
    /// <param name="charge">The actual usage.</param>
    /// <param name="takesBeyond">Whether the committing edge takes what is beyond the hold in a counter; where it does
    /// not, all usage is counted with the hold.</param>
    internal HoldUse[] UsesOf(Charge charge, Func<HoldLine, bool> takesBeyond)
    {
        var uses = new HoldUse[lines.Count];
        for (var i = 0; i < uses.Length; i++)
        {
            var line = lines[i];
            var used = charge.UnitsOf(line.Counter.Metric);
            var counted = takesBeyond(line) ? Math.Min(used, line.Units) : used;
            uses[i] = new HoldUse(line.Scope, line.Counter, line.Units, counted);
        }

        return uses;
    }
}
