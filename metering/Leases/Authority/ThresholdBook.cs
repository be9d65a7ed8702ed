using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// Which thresholds have fired in which period. A threshold fires when usage rises to or past it; one that was set
/// at or below the usage of the time is suppressed for the period, but a blocked limit still fires at its first
/// refusal. Rules: semantics, "Transitions".
/// </summary>
internal sealed class ThresholdBook
{
    private readonly Dictionary<(long Limit, int Period), ThresholdMark> _marks = [];
    private readonly HashSet<long> _armed = [];
    private readonly List<ThresholdLine> _unwritten = [];
    private readonly List<long> _unwrittenArmed = [];

    public ThresholdBook(IReadOnlyList<ThresholdLine> lines, IReadOnlyList<long> armed)
    {
        foreach (var line in lines)
            _marks[(line.LimitId, line.Counter.Period.Value)] = line.Mark;
        _armed.UnionWith(armed);
    }

    public bool AllWritten => _unwritten.Count == 0 && _unwrittenArmed.Count == 0;

    /// <summary>New thresholds look at usage once: what is already at or past them is no news.</summary>
    public void Arm(LimitSet limits, Func<Limit, IEnumerable<AuthorityCounter>> countersOf, long nowMs)
    {
        foreach (var limit in limits.Limits)
        {
            if (!_armed.Add(limit.Id))
                continue;
            _unwrittenArmed.Add(limit.Id);
            foreach (var counter in countersOf(limit))
            {
                if (counter.Used >= limit.ValueAt(nowMs))
                    Mark(limit, counter, ThresholdMark.Suppressed, 0, nowMs);
            }
        }
    }

    /// <summary>Usage rose, or a request was refused: fires what that reaches.</summary>
    public void OnUsage(LimitSet limits, AuthorityCounter counter, long refusedUnits, long nowMs)
    {
        foreach (var limit in limits.Limits)
        {
            if (limit.Metric != counter.Id.Metric || limit.Period != counter.Id.Period.Kind)
                continue;
            if (!_armed.Contains(limit.Id))
                continue;
            var marked = _marks.TryGetValue((limit.Id, counter.Id.Period.Value), out var mark);
            var reached = !marked && counter.Used > 0 && counter.Used >= limit.ValueAt(nowMs);
            var refused = limit.Kind == LimitKind.Blocked && refusedUnits > 0
                && mark != ThresholdMark.Fired && IsTightest(limits, limit, nowMs);
            if (reached || refused)
                Mark(limit, counter, ThresholdMark.Fired, reached ? 0 : refusedUnits, nowMs);
        }
    }

    public (IReadOnlyList<ThresholdLine> Lines, IReadOnlyList<long> Armed) Unwritten() =>
        ([.. _unwritten], [.. _unwrittenArmed]);

    public void Written(PersistBatch batch)
    {
        _unwritten.RemoveAll(batch.Thresholds.Contains);
        _unwrittenArmed.RemoveAll(batch.Armed.Contains);
    }

    private static bool IsTightest(LimitSet limits, Limit limit, long nowMs) =>
        limits.BlockedAt(limit.Metric, limit.Period, nowMs) == limit.ValueAt(nowMs);

    private void Mark(Limit limit, AuthorityCounter counter, ThresholdMark mark, long refused, long nowMs)
    {
        _marks[(limit.Id, counter.Id.Period.Value)] = mark;
        _unwritten.Add(new ThresholdLine(
            limit.Id, counter.Id, mark, limit.ValueAt(nowMs), counter.Used, refused, nowMs));
    }
}
