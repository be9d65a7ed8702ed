using System.Collections.Immutable;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// The threshold state of the counters of a scope, and the part of it that is not on disk yet. The rules are in
/// <see cref="ThresholdEvents"/>; this class decides when to apply them, and restores the state after a restart.
/// </summary>
/// <remarks>
/// Apart from the events of a threshold in a period, only the fact that it is armed is stored. With it an activation
/// distinguishes a threshold to which usage may have risen unseen, which fires, from a new one, which must first be
/// compared with usage.
/// </remarks>
internal sealed class ThresholdBook
{
    private readonly Dictionary<(long Limit, long Value, int Period), ThresholdLine> _found = [];
    private readonly HashSet<ArmedThreshold> _armed;
    private readonly Dictionary<long, LimitSource> _sources = [];
    private readonly List<ThresholdLine> _unwritten = [];
    private readonly List<ArmedThreshold> _unwrittenArmed = [];
    private readonly List<ThresholdEvent> _raised = [];
    private LimitSet _limits;
    private long _changesAtMs = long.MinValue;

    public ThresholdBook(
        LimitSet limits, IReadOnlyList<ThresholdLine> lines, IReadOnlyList<ArmedThreshold> armed)
    {
        _limits = limits;
        _armed = [.. armed];
        foreach (var line in lines)
        {
            _found[(line.LimitId, line.ValueUnits, line.Counter.Period.Value)] = line;
            _sources[line.LimitId] = line.Source;
        }

        Remember(limits);
    }

    public bool AllWritten => _unwritten.Count == 0 && _unwrittenArmed.Count == 0;

    /// <summary>Whether a boost has ended since limits were last followed, so that other values are in force.</summary>
    public bool HasToFollow(long nowMs) => nowMs >= _changesAtMs;

    /// <summary>
    /// Puts limits in force at their current values. New thresholds are compared with usage once: one that usage has
    /// already reached does not fire. Until this is called, the previous limits apply.
    /// </summary>
    public void Follow(LimitSet limits, IEnumerable<AuthorityCounter> counters, long nowMs)
    {
        Remember(limits);
        foreach (var counter in counters)
        {
            // Thresholds that usage reached before the change fire first.
            OnUsage(counter, 0, nowMs);
            var (metric, period) = (counter.Id.Metric, counter.Id.Period.Kind);
            _raised.Clear();
            Keep(counter, ThresholdEvents.OnLimits(
                counter.Thresholds, limits, metric, period, counter.Used, nowMs, _raised), nowMs);
        }

        _limits = limits;
        _changesAtMs = limits.NextChangeMs(nowMs);
        foreach (var limit in limits.Limits)
        {
            var threshold = new ArmedThreshold(limit.Id, limit.ValueAt(nowMs));
            if (_armed.Add(threshold))
                _unwrittenArmed.Add(threshold);
        }
    }

    /// <summary>
    /// Fires the thresholds reached by a rise of usage or by a refused request (0 if none was refused).
    /// </summary>
    public void OnUsage(AuthorityCounter counter, long refusedUnits, long nowMs)
    {
        if (counter.Thresholds.IsDefault)
            counter.Thresholds = Restore(counter, nowMs);
        _raised.Clear();
        var used = counter.Used;
        var next = ThresholdEvents.OnUsage(counter.Thresholds, used, _raised);
        if (refusedUnits > 0 && _limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, nowMs) is { } tightest)
        {
            foreach (var limit in _limits.Limits)
            {
                if (Watches(limit, counter))
                    next = ThresholdEvents.OnRefusal(next, limit.Id, tightest, used, refusedUnits, _raised);
            }
        }

        Keep(counter, next, nowMs);
    }

    public (IReadOnlyList<ThresholdLine> Lines, IReadOnlyList<ArmedThreshold> Armed) Unwritten() =>
        ([.. _unwritten], [.. _unwrittenArmed]);

    public void Written(PersistBatch batch)
    {
        _unwritten.RemoveAll(batch.Thresholds.Contains);
        _unwrittenArmed.RemoveAll(batch.Armed.Contains);
    }

    private static bool Watches(Limit limit, AuthorityCounter counter) =>
        limit.Metric == counter.Id.Metric && limit.Period == counter.Id.Period.Kind;

    private void Remember(LimitSet limits)
    {
        foreach (var limit in limits.Limits)
            _sources[limit.Id] = limit.Source;
    }

    /// <summary>
    /// Restores a counter's threshold state on first use: nothing has happened in a period that has just begun; for one
    /// known to an earlier activation, the events on disk apply.
    /// </summary>
    private ImmutableArray<ThresholdState> Restore(AuthorityCounter counter, long nowMs)
    {
        var states = ImmutableArray.CreateBuilder<ThresholdState>();
        foreach (var limit in _limits.Limits)
        {
            var value = limit.ValueAt(nowMs);
            if (!Watches(limit, counter) || _found.ContainsKey((limit.Id, value, counter.Id.Period.Value)))
                continue;

            // An unarmed threshold is added when these limits are followed. Usage never rises to zero.
            if (_armed.Contains(new ArmedThreshold(limit.Id, value)))
            {
                states.Add(new ThresholdState(
                    limit.Id, limit.Kind, value, value == 0 ? ThresholdStatus.Quiet : ThresholdStatus.Armed));
            }
        }

        foreach (var line in _found.Values)
        {
            if (line.Counter == counter.Id)
                states.Add(new ThresholdState(line.LimitId, line.Kind, line.ValueUnits, line.Status));
        }

        return ThresholdEvents.Sorted(states);
    }

    private void Keep(AuthorityCounter counter, ImmutableArray<ThresholdState> next, long nowMs)
    {
        var before = counter.Thresholds;
        if (next == before)
            return;
        counter.Thresholds = next;
        foreach (var state in next)
        {
            if (state.Status == ThresholdStatus.Armed || before.Contains(state))
                continue;
            var refused = _raised.Find(t => t.LimitId == state.LimitId && t.ValueUnits == state.ValueUnits);
            _unwritten.Add(LineOf(counter, state, refused.RefusedUnits, nowMs));
        }

        // A threshold that has resolved and is no longer in force is written, and forgotten.
        foreach (var over in _raised.Where(t => t.Kind == ThresholdEventKind.Resolved && !Has(next, t)))
        {
            var state = new ThresholdState(over.LimitId, over.LimitKind, over.ValueUnits, ThresholdStatus.Resolved);
            _unwritten.Add(LineOf(counter, state, 0, nowMs));
        }
    }

    private ThresholdLine LineOf(AuthorityCounter counter, ThresholdState state, long refusedUnits, long nowMs) => new(
        state.LimitId,
        state.Kind,
        _sources[state.LimitId],
        counter.Id,
        state.Status,
        state.ValueUnits,
        counter.Used,
        refusedUnits,
        nowMs);

    private static bool Has(ImmutableArray<ThresholdState> states, ThresholdEvent thresholdEvent)
    {
        foreach (var state in states)
        {
            if (state.LimitId == thresholdEvent.LimitId && state.ValueUnits == thresholdEvent.ValueUnits)
                return true;
        }

        return false;
    }
}
