using System.Collections.Immutable;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// What the counters of a scope remember of their thresholds, and what of that is not on disk yet. The rules are those
/// of <see cref="Transitions"/>; this adds when they are asked, and how it goes on after a restart.
/// </summary>
/// <remarks>
/// On disk is, apart from what happened to a threshold in a period, only that it is armed: so an activation tells one
/// that usage may have risen to unseen, which fires, from one that is new and has to look at usage first.
/// </remarks>
internal sealed class ThresholdBook
{
    private readonly Dictionary<(long Limit, long Value, int Period), ThresholdLine> _found = [];
    private readonly HashSet<ArmedThreshold> _armed;
    private readonly Dictionary<long, LimitSource> _sources = [];
    private readonly List<ThresholdLine> _unwritten = [];
    private readonly List<ArmedThreshold> _unwrittenArmed = [];
    private readonly List<Transition> _raised = [];
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
    /// These limits are in force from now on, at the values of now. Thresholds that are new look at usage once: what
    /// is already at or past them is no news. Until this is called, those of before hold.
    /// </summary>
    public void Follow(LimitSet limits, IEnumerable<AuthorityCounter> counters, long nowMs)
    {
        Remember(limits);
        foreach (var counter in counters)
        {
            // What usage rose to before the change fires first.
            OnUsage(counter, 0, nowMs);
            var (metric, period) = (counter.Id.Metric, counter.Id.Period.Kind);
            _raised.Clear();
            Keep(counter, Transitions.OnLimits(
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

    /// <summary>Usage rose, or a request was refused (0 where none was): fires what that reaches.</summary>
    public void OnUsage(AuthorityCounter counter, long refusedUnits, long nowMs)
    {
        if (counter.Thresholds.IsDefault)
            counter.Thresholds = Restore(counter, nowMs);
        _raised.Clear();
        var used = counter.Used;
        var next = Transitions.OnUsage(counter.Thresholds, used, _raised);
        if (refusedUnits > 0 && _limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, nowMs) is { } tightest)
        {
            foreach (var limit in _limits.Limits)
            {
                if (Watches(limit, counter))
                    next = Transitions.OnRefusal(next, limit.Id, tightest, used, refusedUnits, _raised);
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
    /// What a counter remembers when it is first looked at: of a period that has just begun nothing has happened; of
    /// one that an earlier activation knew, what is on disk.
    /// </summary>
    private ImmutableArray<ThresholdState> Restore(AuthorityCounter counter, long nowMs)
    {
        var states = ImmutableArray.CreateBuilder<ThresholdState>();
        foreach (var limit in _limits.Limits)
        {
            var value = limit.ValueAt(nowMs);
            if (!Watches(limit, counter) || _found.ContainsKey((limit.Id, value, counter.Id.Period.Value)))
                continue;

            // One that is not armed comes in when these limits are followed. None rises to nothing.
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

        return Transitions.Sorted(states);
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

        // What is over and will not come back is told, and forgotten.
        foreach (var over in _raised.Where(t => t.Kind == TransitionKind.Resolved && !Has(next, t)))
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

    private static bool Has(ImmutableArray<ThresholdState> states, Transition transition)
    {
        foreach (var state in states)
        {
            if (state.LimitId == transition.LimitId && state.ValueUnits == transition.ValueUnits)
                return true;
        }

        return false;
    }
}
