using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class LimitSetTests
{
    private static readonly ScopeId Tenant = new(ScopeKind.Tenant, 1);

    private long _lastId = 100;

    [Theory]
    [InlineData(49, UsageState.Ok)]
    [InlineData(50, UsageState.Warning)]
    [InlineData(99, UsageState.Warning)]
    [InlineData(100, UsageState.Blocked)]
    [InlineData(5_000, UsageState.Blocked)]
    public void StateOf_FollowsFromUsage(long used, UsageState state)
    {
        var set = Apply(LimitSet.None, 100, WarningDraft.At(50), WarningDraft.AtPercent(80));
        Assert.Equal(state, set.StateOf(MetricId.Amount, PeriodKind.Month, used, 0));
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.TextTokens, PeriodKind.Month, used, 0));
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.Amount, PeriodKind.Day, used, 0));
    }

    [Fact]
    public void StateOf_CountsABoost_UntilItEnds()
    {
        var set = Apply(LimitSet.None, 100);
        set = set.WithBoost(set.Limits[0].Id, 200, untilMs: 1_000);
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.Amount, PeriodKind.Month, 150, 999));
        Assert.Equal(UsageState.Blocked, set.StateOf(MetricId.Amount, PeriodKind.Month, 150, 1_000));
        Assert.Equal(1_000, set.NextChangeMs(999));
        Assert.Equal(long.MaxValue, set.NextChangeMs(1_000));
    }

    [Fact]
    public void With_KeepsTheIdsOfThresholdsThatStay_AndGivesNewOnesToTheRest()
    {
        var before = Apply(LimitSet.None, 100, WarningDraft.At(50), WarningDraft.At(80));
        var after = Apply(before, 200, WarningDraft.At(80), WarningDraft.At(150));
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Equal(IdOf(before, LimitKind.Warning, 80), IdOf(after, LimitKind.Warning, 80));
        Assert.Equal(3, after.Limits.Length);
        Assert.DoesNotContain(after.Limits, l => l.ValueUnits is 50 or 100);
        Assert.Equal(6, before.Limits.Concat(after.Limits).Select(l => l.Id).Append(0).Distinct().Count());
    }

    [Fact]
    public void With_LeavesOtherSourcesMetricsAndPeriodsAlone()
    {
        LimitDraft quota = new(MetricId.Amount, PeriodKind.Month, 1_000, []);
        var set = LimitSet.None
            .With(Tenant, LimitSource.Quota, quota, NewId)
            .With(Tenant, LimitSource.Threshold, quota with { Metric = MetricId.TextTokens }, NewId)
            .With(Tenant, LimitSource.Limit, quota with { Period = PeriodKind.Day }, NewId);
        var after = Apply(Apply(set, 10), null);
        Assert.Equal(set.Limits, after.Limits);
    }

    [Fact]
    public void ABoost_StaysWhenTheLimitBelowItChanges_UntilItIsTakenAway()
    {
        var set = Apply(LimitSet.None, 100);
        set = Apply(set.WithBoost(set.Limits[0].Id, 200, untilMs: 1_000), 120);
        Assert.Equal(200, set.BlockedAt(MetricId.Amount, PeriodKind.Month, 0));
        set = set.WithBoost(set.Limits[0].Id, 0, 0);
        Assert.Equal(120, set.BlockedAt(MetricId.Amount, PeriodKind.Month, 0));
        Assert.Throws<ArgumentException>(() => set.WithBoost(999, 1, 1));
    }

    [Theory]
    [InlineData(100, 80, 80)]
    [InlineData(7, 80, 6)]
    [InlineData(1, 0.01, 1)]
    [InlineData(3, 33.33, 1)]
    [InlineData(0, 80, 0)]
    [InlineData(ScaledNumber.MaxLimitUnits, 99.99, 999_900_000_000_000_000)]
    public void APercentage_IsRoundedUp(long blocked, double percent, long units) =>
        Assert.Equal(units, WarningDraft.AtPercent((decimal)percent).Resolve(blocked));

    [Fact]
    public void APercentage_IsTheLeastValueThatReachesIt()
    {
        var blocked = Gen.Choose(0, int.MaxValue).Select(static b => (long)b * 400_000_000);
        Prop.ForAll(blocked.ToArbitrary(), Gen.Choose(1, 10_000).ToArbitrary(), static (most, basisPoints) =>
        {
            var units = (Int128)WarningDraft.AtPercent(basisPoints / 100m).Resolve(most)!.Value;
            var part = (Int128)most * basisPoints;
            return units * 10_000 >= part && (units - 1) * 10_000 < part;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private long NewId() => ++_lastId;

    private LimitSet Apply(LimitSet set, long? blocked, params ImmutableArray<WarningDraft> warnings) => set.With(
        Tenant, LimitSource.Limit, new LimitDraft(MetricId.Amount, PeriodKind.Month, blocked, warnings), NewId);

    private static long IdOf(LimitSet set, LimitKind kind, long value) =>
        set.Limits.Single(l => l.Kind == kind && l.ValueUnits == value).Id;
}
