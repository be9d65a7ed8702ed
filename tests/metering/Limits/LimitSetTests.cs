using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class LimitSetTests
{
    [Theory]
    [InlineData(49, UsageState.Ok)]
    [InlineData(50, UsageState.Warning)]
    [InlineData(99, UsageState.Warning)]
    [InlineData(100, UsageState.Blocked)]
    [InlineData(5_000, UsageState.Blocked)]
    public void StateOf_FollowsFromUsage(long used, UsageState state)
    {
        var set = Set(Blocked(100), Blocked(50) with { Kind = LimitKind.Warning });
        Assert.Equal(state, set.StateOf(MetricId.Amount, PeriodKind.Month, used, 0));
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.TextTokens, PeriodKind.Month, used, 0));
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.Amount, PeriodKind.Day, used, 0));
    }

    [Fact]
    public void WarningsAt_AreThoseInForce_InAscendingOrder()
    {
        var set = Set(
            Blocked(100), Blocked(90) with { Kind = LimitKind.Warning },
            Blocked(50) with { Kind = LimitKind.Warning, BoostedUnits = 70, BoostedUntilMs = 1_000 },
            Blocked(5) with { Kind = LimitKind.Warning, Metric = MetricId.TextTokens });

        Assert.Equal([70, 90], set.WarningsAt(MetricId.Amount, PeriodKind.Month, 999));
        Assert.Equal([50, 90], set.WarningsAt(MetricId.Amount, PeriodKind.Month, 1_000));
        Assert.Empty(set.WarningsAt(MetricId.Amount, PeriodKind.Day, 0));
    }

    [Fact]
    public void StateOf_CountsABoost_UntilItEnds()
    {
        var set = Set(Blocked(100) with { BoostedUnits = 200, BoostedUntilMs = 1_000 });
        Assert.Equal(UsageState.Ok, set.StateOf(MetricId.Amount, PeriodKind.Month, 150, 999));
        Assert.Equal(UsageState.Blocked, set.StateOf(MetricId.Amount, PeriodKind.Month, 150, 1_000));
        Assert.Equal(1_000, set.NextChangeMs(999));
        Assert.Equal(long.MaxValue, set.NextChangeMs(1_000));
    }

    [Fact]
    public void AtItsEnd_ABoostTakesNothingFromABase_NorABaseFromABoost()
    {
        var limit = Blocked(100) with { BoostedUnits = 150, BoostedUntilMs = 10, BaseUnits = 80, BaseUntilMs = 20 };
        Assert.Equal([230, 180, 100], new long[] { 9, 10, 20 }.Select(limit.ValueAt));
        Assert.Equal([10, 20, long.MaxValue], new long[] { 9, 10, 20 }.Select(limit.NextChangeMs));
    }

    private static LimitSet Set(params ImmutableArray<Limit> limits) => new(1, limits);

    private static Limit Blocked(long units) => new(
        1,
        new ScopeId(ScopeKind.Tenant, 1),
        MetricId.Amount,
        PeriodKind.Month,
        LimitKind.Blocked,
        LimitSource.Limit,
        units);
}
