using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class ThresholdEventsTests
{
    private static readonly ScopeId Tenant = new(ScopeKind.Tenant, 1);

    private readonly List<ThresholdEvent> _raised = [];

    [Fact]
    public void AThreshold_FiresOnce_WhenUsageRisesToIt()
    {
        var states = Start(Warning(1, 80), Blocked(2, 100));
        states = ThresholdEvents.OnUsage(states, 79, _raised);
        Assert.Empty(_raised);
        states = ThresholdEvents.OnUsage(states, 80, _raised);
        states = ThresholdEvents.OnUsage(states, 99, _raised);
        Assert.Equal([new(ThresholdEventKind.Reached, 1, LimitKind.Warning, 80, 80)], _raised);
        states = ThresholdEvents.OnUsage(states, 130, _raised);
        ThresholdEvents.OnUsage(states, 140, _raised);
        Assert.Equal(new ThresholdEvent(ThresholdEventKind.Reached, 2, LimitKind.Blocked, 100, 130), _raised[1]);
        Assert.Equal(2, _raised.Count);
    }

    [Fact]
    public void AJumpOverSeveral_FiresThemInOrderOfTheirValues_AWarningBeforeABlockAtTheSame()
    {
        var states = Start(Blocked(1, 100), Warning(2, 100), Warning(3, 90), Warning(4, 50));
        ThresholdEvents.OnUsage(states, 100, _raised);
        Assert.Equal([4, 3, 2, 1], _raised.Select(t => t.LimitId));
    }

    [Fact]
    public void WhereNothingHappens_TheSameMemoryComesBack()
    {
        var set = Set(Warning(1, 80), Blocked(2, 100));
        var states = Start([.. set.Limits]);
        Assert.True(states == ThresholdEvents.OnUsage(states, 79, _raised));
        Assert.True(states == Change(states, set, usedUnits: 79));
        Assert.True(states == ThresholdEvents.OnRefusal(states, 99, 100, 79, 30, _raised));
        Assert.Empty(_raised);
    }

    [Fact]
    public void AWarningSetAtOrBelowUsage_StaysSilentInThisPeriod_AndIsArmedInTheNext()
    {
        var set = Set(Warning(1, 50), Warning(2, 60));
        var states = Change([], set, usedUnits: 60);
        ThresholdEvents.OnUsage(states, 1_000, _raised);
        Assert.Empty(_raised);
        ThresholdEvents.OnUsage(Start([.. set.Limits]), 60, _raised);
        Assert.Equal(2, _raised.Count);
    }

    [Fact]
    public void ABlockedLimitSetBelowUsage_FiresNothingWhenSet_AndThenAtItsFirstRefusal()
    {
        var states = Change([], Set(Blocked(1, 50)), usedUnits: 60);
        states = ThresholdEvents.OnUsage(states, 70, _raised);
        Assert.Empty(_raised);
        states = ThresholdEvents.OnRefusal(states, 1, 50, 70, 5, _raised);
        ThresholdEvents.OnRefusal(states, 1, 50, 70, 6, _raised);
        Assert.Equal([new(ThresholdEventKind.Refused, 1, LimitKind.Blocked, 50, 70, 5)], _raised);
    }

    [Fact]
    public void ALimitThatRefusedFirst_DoesNotFireAgainWhenUsageReachesIt()
    {
        var states = Start(Blocked(1, 100));
        states = ThresholdEvents.OnRefusal(states, 1, 100, 90, 20, _raised);
        ThresholdEvents.OnUsage(states, 100, _raised);
        Assert.Equal(ThresholdEventKind.Refused, Assert.Single(_raised).Kind);
    }

    [Fact]
    public void ALimitOfZero_FiresWhenItRefuses_NotByItself()
    {
        var states = ThresholdEvents.OnUsage(Start(Blocked(1, 0)), 0, _raised);
        Assert.Empty(_raised);
        ThresholdEvents.OnRefusal(states, 1, 0, 0, 1, _raised);
        Assert.Equal(ThresholdEventKind.Refused, Assert.Single(_raised).Kind);
    }

    [Fact]
    public void ARefusalUnderAValueThatWasRaisedSince_FiresNothing()
    {
        var states = Change(Start(Blocked(1, 100)), Set(Blocked(1, 200)), usedUnits: 90);
        ThresholdEvents.OnRefusal(states, 1, 100, 90, 20, _raised);
        Assert.Empty(_raised);
    }

    [Fact]
    public void Raising_ResolvesAtOnce_AndTheNewValueFiresInItsOwnRight()
    {
        var states = ThresholdEvents.OnUsage(Start(Blocked(1, 100)), 100, _raised);
        states = Change(states, Set(Blocked(2, 200)), usedUnits: 100);
        ThresholdEvents.OnUsage(states, 200, _raised);
        Assert.Equal(
            [(ThresholdEventKind.Reached, 100), (ThresholdEventKind.Resolved, 100), (ThresholdEventKind.Reached, 200)],
            _raised.Select(t => (t.Kind, t.ValueUnits)));
    }

    [Fact]
    public void RaisingByTooLittle_OrLowering_ResolvesNothing_UntilTheStateReallyChanges()
    {
        var states = ThresholdEvents.OnUsage(Start(Blocked(1, 100)), 120, _raised);
        _raised.Clear();
        states = Change(states, Set(Blocked(2, 110)), usedUnits: 120);
        states = Change(states, Set(Blocked(3, 80)), usedUnits: 120);
        Assert.Empty(_raised);
        states = Change(states, LimitSet.None, usedUnits: 120);
        Assert.Equal([new(ThresholdEventKind.Resolved, 1, LimitKind.Blocked, 100, 120)], _raised);
        Assert.Empty(states);
    }

    [Fact]
    public void RemovingOneOfTwoReachedWarnings_LeavesTheWarningStateOn()
    {
        var states = ThresholdEvents.OnUsage(Start(Warning(1, 50), Warning(2, 80)), 90, _raised);
        _raised.Clear();
        states = Change(states, Set(Warning(1, 50)), usedUnits: 90);
        Assert.Empty(_raised);
        Change(states, LimitSet.None, usedUnits: 90);
        Assert.Equal([50, 80], _raised.Select(t => t.ValueUnits));
    }

    [Fact]
    public void ABoost_Resolves_AndItsEndDoesNotFireTheSameThresholdTwice()
    {
        var set = Set(Blocked(1, 100) with { BoostedUnits = 200, BoostedUntilMs = 1_000 });
        var states = ThresholdEvents.OnUsage(Start(Blocked(1, 100)), 100, _raised);
        states = Change(states, set, usedUnits: 100, nowMs: 999);
        Assert.Equal(ThresholdEventKind.Resolved, _raised[^1].Kind);
        states = Change(states, set, usedUnits: 150, nowMs: 1_000);
        ThresholdEvents.OnRefusal(states, 1, 100, 150, 1, _raised);
        Assert.Equal(2, _raised.Count);
    }

    [Fact]
    public void ABoostThatEndsBelowUsage_LeavesALimitThatFiresAtItsFirstRefusal()
    {
        var set = Set(Blocked(1, 100) with { BoostedUnits = 200, BoostedUntilMs = 1_000 });
        var states = ThresholdEvents.OnUsage(Start([.. set.Limits]), 150, _raised);
        states = Change(states, set, usedUnits: 150, nowMs: 1_000);
        Assert.Empty(_raised);
        ThresholdEvents.OnRefusal(states, 1, 100, 150, 1, _raised);
        Assert.Equal(
            new ThresholdEvent(ThresholdEventKind.Refused, 1, LimitKind.Blocked, 100, 150, 1), Assert.Single(_raised));
    }

    [Fact]
    public void OtherMetricsAndPeriods_AreNotThisCountersBusiness()
    {
        Limit otherMetric = Blocked(1, 10) with { Metric = MetricId.TextTokens };
        Limit otherPeriod = Blocked(2, 10) with { Period = PeriodKind.Day };
        Assert.Empty(Start(otherMetric, otherPeriod));
    }

    private static Limit Warning(long id, long value) =>
        new(id, Tenant, MetricId.Amount, PeriodKind.Month, LimitKind.Warning, LimitSource.Limit, value);

    private static Limit Blocked(long id, long value) => Warning(id, value) with { Kind = LimitKind.Blocked };

    private static LimitSet Set(params ImmutableArray<Limit> limits) => new(1, limits);

    private static ImmutableArray<ThresholdState> Start(params ImmutableArray<Limit> limits) =>
        ThresholdEvents.Start(Set(limits), MetricId.Amount, PeriodKind.Month, nowMs: 0);

    private ImmutableArray<ThresholdState> Change(
        ImmutableArray<ThresholdState> states, LimitSet set, long usedUnits, long nowMs = 0) =>
        ThresholdEvents.OnLimits(states, set, MetricId.Amount, PeriodKind.Month, usedUnits, nowMs, _raised);
}
