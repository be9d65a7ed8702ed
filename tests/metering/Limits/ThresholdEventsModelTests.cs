using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

/// <summary>
/// Random lives of one counter, on which the code must agree with a model that only knows the rule book.
/// </summary>
public sealed class ThresholdEventsModelTests
{
    private const PeriodKind Period = PeriodKind.Month;

    private static readonly MetricId Metric = MetricId.Amount;

    [Fact]
    public void EveryLifeOfACounter_IsToldAsTheRuleBookTellsIt() =>
        Prop.ForAll(Lives().ToArbitrary(), static life =>
        {
            var model = new RuleBook();
            var lived = Live(life, model);
            return lived.SequenceEqual(model.Raised);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void InEveryLife_AThresholdFiresOnce_AndResolvesOnceAfterwards_InEachPeriod() =>
        Prop.ForAll(Lives().ToArbitrary(), static life =>
            Live(life, new RuleBook())
                .GroupBy(static r => (r.Period, r.ThresholdEvent.LimitId, r.ThresholdEvent.ValueUnits))
                .All(static told => told.Select(static r => r.ThresholdEvent.Kind).ToArray()
                    is [not ThresholdEventKind.Resolved]
                    or [not ThresholdEventKind.Resolved, ThresholdEventKind.Resolved]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void TheLivesThatAreTried_ReachEveryKindOfThresholdEvent()
    {
        var raised = Lives().Sample(300, size: 50).SelectMany(life => Live(life, new RuleBook())).ToArray();
        foreach (var kind in Enum.GetValues<ThresholdEventKind>())
            Assert.Contains(raised, r => r.ThresholdEvent.Kind == kind);
        Assert.Contains(
            raised, r => r.ThresholdEvent is { Kind: ThresholdEventKind.Refused } t && t.UsedUnits > t.ValueUnits);
    }

    /// <summary>Runs one life against the code, and the same steps against the model.</summary>
    private static List<(int Period, ThresholdEvent ThresholdEvent)> Live(Step[] life, RuleBook model)
    {
        var told = new List<(int, ThresholdEvent)>();
        var raised = new List<ThresholdEvent>();
        var set = LimitSet.None;
        var states = ThresholdEvents.Start(set, Metric, Period, 0);
        var (period, used, nowMs) = (0, 0L, 0L);
        foreach (var step in life)
        {
            switch (step)
            {
                case Step.Use use:
                    used += use.Units;
                    states = ThresholdEvents.OnUsage(states, used, raised);
                    model.Use(used);
                    break;
                case Step.Refuse refuse when set.Limits.Length > 0:
                    var limit = set.Limits[refuse.Index % set.Limits.Length];
                    var value = limit.ValueAt(nowMs);
                    states = ThresholdEvents.OnRefusal(states, limit.Id, value, used, refuse.Units, raised);
                    model.Refuse((limit.Id, value), refuse.Units);
                    break;
                case Step.SetLimits limits:
                    set = Next(set, limits.Limits);
                    states = ThresholdEvents.OnLimits(states, set, Metric, Period, used, nowMs, raised);
                    model.Change(set, nowMs);
                    break;
                case Step.Wait wait:
                    nowMs += wait.Ms;
                    states = ThresholdEvents.OnLimits(states, set, Metric, Period, used, nowMs, raised);
                    model.Change(set, nowMs);
                    break;
                case Step.NewPeriod:
                    model.EndPeriod();
                    used = 0;
                    period++;
                    states = ThresholdEvents.Start(set, Metric, Period, nowMs);
                    break;
            }

            told.AddRange(raised.Select(t => (period, t)));
            raised.Clear();
        }

        return told;
    }

    /// <summary>Returns the generated limits; a limit that had been removed comes back under a new id.</summary>
    private static LimitSet Next(LimitSet before, ImmutableArray<Limit> limits) => new(before.Version + 1,
    [
        .. limits.Select(limit => before.Limits.FirstOrDefault(b => b.Id % 10 == limit.Id) is { } kept
            ? limit with { Id = kept.Id }
            : limit with { Id = limit.Id + (10 * before.Version) }),
    ]);

    private static Gen<Step[]> Lives() => Gen.Frequency(
        (6, Gen.Choose(0, 12).Select(static units => (Step)new Step.Use(units))),
        (4, Gen.Choose(0, 9).Zip(Gen.Choose(1, 9)).Select(static r => (Step)new Step.Refuse(r.Item1, r.Item2))),
        (4, Sets().Select(static limits => (Step)new Step.SetLimits(limits))),
        (2, Gen.Choose(1, 5).Select(static ms => (Step)new Step.Wait(ms))),
        (1, Gen.Constant((Step)new Step.NewPeriod()))).ArrayOf();

    /// <summary>Few ids and low values, so that the same threshold comes and goes.</summary>
    private static Gen<ImmutableArray<Limit>> Sets() =>
        from ids in Gen.SubListOf(Enumerable.Range(1, 6))
        from values in Gen.Choose(0, 30).ArrayOf(6)
        from boosts in Gen.Elements(0L, 0, 20, 40).ArrayOf(6)
        from ends in Gen.Choose(0, 30).ArrayOf(6)
        select ids.Select(id => new Limit(
            id,
            new ScopeId(ScopeKind.Tenant, 1),
            Metric,
            Period,
            id % 2 == 0 ? LimitKind.Blocked : LimitKind.Warning,
            LimitSource.Limit,
            values[id - 1] / 5 * 5,
            id % 2 == 0 ? boosts[id - 1] : 0,
            ends[id - 1])).ToImmutableArray();

    private abstract record Step
    {
        public sealed record Use(long Units) : Step;

        public sealed record Refuse(int Index, long Units) : Step;

        public sealed record SetLimits(ImmutableArray<Limit> Limits) : Step
        {
            public override string ToString() => $"SetLimits {string.Join("; ", Limits)}";
        }

        public sealed record Wait(long Ms) : Step;

        public sealed record NewPeriod : Step;
    }

    /// <summary>
    /// The rule book word for word: it keeps the whole history of a period and looks everything up in it, instead of a
    /// status for each threshold.
    /// </summary>
    private sealed class RuleBook
    {
        private readonly Dictionary<(long Id, long Value), LimitKind> _inForce = [];
        private readonly Dictionary<(long Id, long Value), long> _usedWhenSet = [];
        private readonly List<ThresholdEvent> _thisPeriod = [];
        private int _period;
        private long _used;

        public List<(int Period, ThresholdEvent ThresholdEvent)> Raised { get; } = [];

        public void Use(long used)
        {
            var rose = _inForce.Where(t => _used < t.Key.Value && used >= t.Key.Value
                && _usedWhenSet[t.Key] < t.Key.Value && !HasFired(t.Key)).ToArray();
            _used = used;
            Tell(rose.Select(t => New(ThresholdEventKind.Reached, t.Key, t.Value)));
        }

        public void Refuse((long Id, long Value) threshold, long units)
        {
            if (_inForce[threshold] == LimitKind.Blocked && !HasFired(threshold))
                Tell([New(ThresholdEventKind.Refused, threshold, LimitKind.Blocked) with { RefusedUnits = units }]);
        }

        public void Change(LimitSet set, long nowMs)
        {
            var before = _inForce.Keys.ToHashSet();
            _inForce.Clear();
            foreach (var limit in set.Limits)
            {
                var threshold = (limit.Id, limit.ValueAt(nowMs));
                _inForce[threshold] = limit.Kind;
                if (!before.Contains(threshold))
                    _usedWhenSet[threshold] = _used;
            }

            Tell(Unresolved().Where(t => !_inForce.ContainsKey((t.LimitId, t.ValueUnits))
                && !_inForce.Any(other => other.Value == t.LimitKind && other.Key.Value <= _used)));
        }

        // What fired stays until the job that closes the period resolves it.
        public void EndPeriod()
        {
            _thisPeriod.Clear();
            _period++;
            _used = 0;
            foreach (var threshold in _inForce.Keys)
                _usedWhenSet[threshold] = 0;
        }

        private IEnumerable<ThresholdEvent> Unresolved() => _thisPeriod
            .Where(t => t.Kind != ThresholdEventKind.Resolved)
            .Select(t => New(ThresholdEventKind.Resolved, (t.LimitId, t.ValueUnits), t.LimitKind))
            .Where(t => !_thisPeriod.Any(r => r.Kind == ThresholdEventKind.Resolved && SameThreshold(r, t)));

        private bool HasFired((long Id, long Value) threshold) =>
            _thisPeriod.Any(t => (t.LimitId, t.ValueUnits) == threshold);

        private ThresholdEvent New(ThresholdEventKind kind, (long Id, long Value) threshold, LimitKind limitKind) =>
            new(kind, threshold.Id, limitKind, threshold.Value, _used);

        private void Tell(IEnumerable<ThresholdEvent> thresholdEvents)
        {
            var told = thresholdEvents
                .OrderBy(static t => t.ValueUnits)
                .ThenByDescending(static t => t.LimitKind)
                .ThenBy(static t => t.LimitId)
                .ToArray();
            _thisPeriod.AddRange(told);
            Raised.AddRange(told.Select(t => (_period, t)));
        }

        private static bool SameThreshold(ThresholdEvent a, ThresholdEvent b) =>
            (a.LimitId, a.ValueUnits) == (b.LimitId, b.ValueUnits);
    }
}
