using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class LimitDraftTests
{
    [Fact]
    public void Match_KeepsTheRowsOfThresholdsThatStay_AndAddsTheRest()
    {
        Row[] stored = [new(1, Blocked(100)), new(2, Warning(50)), new(3, Warning(80))];
        var pairs = Draft(200, WarningDraft.At(80), WarningDraft.At(150)).Match(stored, static row => row.Threshold);
        Assert.Equal(
            [
                (1, null),
                (2, null),
                (3, Warning(80)),
                (0, Blocked(200)),
                (0, Warning(150)),
            ],
            pairs.Select(static pair => (pair.Stored?.Id ?? 0, pair.Wanted)));
    }

    [Fact]
    public void Match_KeepsAThreshold_WhosePercentageComesToTheSameValue()
    {
        Row[] stored = [new(1, Blocked(100)), new(2, Warning(80))];
        var pairs = Draft(100, WarningDraft.AtPercent(80)).Match(stored, static row => row.Threshold);
        Assert.Equal(
            [(1, Blocked(100)), (2, Warning(80, 80))], pairs.Select(static pair => (pair.Stored!.Id, pair.Wanted)));
    }

    [Fact]
    public void WithoutValues_ADraftRemovesEverything() => Assert.Equal(
        [(new Row(1, Blocked(100)), null)],
        Draft(null).Match([new Row(1, Blocked(100))], static row => row.Threshold));

    [Fact]
    public void WarningsOfOneValue_AreOne_WithTheHighestPercentage()
    {
        Assert.Equal(
            [Warning(1, 100), Warning(2, 120)],
            Draft(1, [.. new[] { 50m, 80, 100, 120 }.Select(WarningDraft.AtPercent)]).ResolvedWarnings());
        Assert.Equal(
            [Warning(6, 81)],
            Draft(7, WarningDraft.At(6), WarningDraft.AtPercent(81), WarningDraft.AtPercent(80)).ResolvedWarnings());
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

    private static LimitDraft Draft(long? blocked, params ImmutableArray<WarningDraft> warnings) =>
        new(MetricId.Amount, PeriodKind.Month, blocked, warnings);

    private static Threshold Blocked(long units) => new(LimitKind.Blocked, units);

    private static Threshold Warning(long units, decimal? percent = null) => new(LimitKind.Warning, units, percent);

    private sealed record Row(int Id, Threshold Threshold);
}
