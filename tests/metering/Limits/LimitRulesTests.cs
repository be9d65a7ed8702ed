using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class LimitRulesTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void ALimitByTheRules_BreaksNone()
    {
        Assert.Empty(Check(Draft(100, WarningDraft.At(100), WarningDraft.AtPercent(80))));
        Assert.Empty(Check(Draft(0)));
        Assert.Empty(Check(Draft(null, WarningDraft.At(500))));
        Assert.Empty(Check(Draft(100) with { WarningRecipients = ["a@example.com"] }));
    }

    [Fact]
    public void WarningsAboveTheBlockedValue_AreTaken_ForUsageThatHasHappened() => Assert.Empty(
        Check(Draft(100, WarningDraft.At(101), WarningDraft.AtPercent(120), WarningDraft.AtPercent(1_000))));

    [Fact]
    public void AnAmountAboveTheQuota_IsRefused_ByOneUnit()
    {
        Assert.Equal("above-quota", LimitRules.CheckQuota("blocked", 101, 100)?.Rule);
        Assert.Null(LimitRules.CheckQuota("blocked", 100, 100));
        Assert.Null(LimitRules.CheckQuota("blocked", null, 100));
        Assert.Null(LimitRules.CheckQuota("blocked", 101, null));
    }

    [Fact]
    public void EveryFailure_IsNamedAtOnce_WithItsField()
    {
        var draft = Draft(
            100,
            WarningDraft.At(ScaledNumber.MaxLimitUnits + 1),
            WarningDraft.At(0),
            WarningDraft.At(80),
            WarningDraft.AtPercent(80),
            WarningDraft.AtPercent(0),
            WarningDraft.AtPercent(1_000.01m),
            WarningDraft.AtPercent(33.333m),
            new WarningDraft(null, null),
            new WarningDraft(1, 1)) with
        {
            WarningRecipients = ["nobody"],
        };
        Assert.Equal(
            [
                ("warnings[0]", "value-range"),
                ("warnings[1]", "value-range"),
                ("warnings[4].percent", "percent-range"),
                ("warnings[5].percent", "percent-range"),
                ("warnings[6].percent", "percent-range"),
                ("warnings[7]", "value-or-percent"),
                ("warnings[8]", "value-or-percent"),
                ("recipients[0]", "address-form"),
            ],
            Check(draft));
    }

    [Fact]
    public void APercentage_NeedsABlockedValue() => Assert.Equal(
        [("warnings[0].percent", "percent-of-nothing")],
        Check(Draft(null, WarningDraft.AtPercent(80))));

    [Theory]
    [InlineData(-1L)]
    [InlineData(ScaledNumber.MaxLimitUnits + 1)]
    public void AValueOutOfRange_IsRefused_AndItsPercentagesSayNothingMore(long blocked) => Assert.Equal(
        "value-range",
        Check(Draft(blocked, WarningDraft.AtPercent(50)))[0].Rule);

    [Fact]
    public void APercentageOfALargeValue_IsOutOfRange_WithoutOverflow() => Assert.Equal(
        [("warnings[0]", "value-range")],
        Check(Draft(ScaledNumber.MaxLimitUnits, WarningDraft.AtPercent(1_000))));

    [Fact]
    public void SixteenWarningsAreTheMost()
    {
        var sixteen = Enumerable.Range(1, LimitDraft.MaxWarnings).Select(i => WarningDraft.At(i)).ToImmutableArray();
        Assert.Empty(Check(Draft(100, sixteen)));
        Assert.Equal([("warnings", "too-many")], Check(Draft(100, sixteen.Add(WarningDraft.At(99)))));
    }

    [Fact]
    public void AccountWarnings_NeedSomeoneToTell_AndBlockedValuesDoNot()
    {
        var warned = Tokens(100, WarningDraft.At(80));
        Assert.Equal([("recipients.warning", "required")], Thresholds([warned], [], ["o@example.com"]));
        Assert.Empty(Thresholds([warned], ["o@example.com"], []));
        Assert.Empty(Thresholds([Tokens(100)], [], []));
    }

    [Fact]
    public void AccountThresholds_NameEveryFailureAtOnce_WithTheMetric()
    {
        var drafts = new[]
        {
            Tokens(100, WarningDraft.At(0)),
            Tokens(-1),
            Draft(5),
            Draft(5) with { Metric = new MetricId(99) },
        };
        Assert.Equal(
            [
                ("metrics.text_tokens.warning[0]", "value-range"),
                ("metrics.text_tokens", "duplicate"),
                ("metrics.text_tokens.blocked", "value-range"),
                ("metrics.amount", "metric-derived"),
                ("metrics.99", "metric-unknown"),
                ("recipients.warning[1]", "duplicate"),
                ("recipients.blocked[0]", "address-form"),
            ],
            Thresholds(drafts, ["a@example.com", "A@example.com"], ["b@"]));
    }

    [Theory]
    [InlineData(101, 1, null, "")]
    [InlineData(101, LimitRules.MaxBoostDays * DayMs, 101L, "")]
    [InlineData(100, 1, null, "not-a-raise")]
    [InlineData(99, 1, null, "not-a-raise")]
    [InlineData(102, 1, 101L, "above-quota")]
    [InlineData(101, 0, null, "until-past")]
    [InlineData(101, (LimitRules.MaxBoostDays * DayMs) + 1, null, "until-range")]
    [InlineData(ScaledNumber.MaxLimitUnits + 1, 1, null, "value-range")]
    public void ABoost_OnlyRaises_AndOnlyForATime(long value, long lastsMs, long? quota, string rule)
    {
        const long nowMs = 1_000_000;
        var broken = LimitRules.CheckBoost(Blocked(100), value, nowMs + lastsMs, quota, nowMs);
        Assert.Equal(rule, string.Join(' ', broken.Select(b => b.Rule)));
    }

    [Fact]
    public void AWarning_CannotBeBoosted()
    {
        var warning = Blocked(100) with { Kind = LimitKind.Warning };
        Assert.Equal("not-blocked", Assert.Single(LimitRules.CheckBoost(warning, 200, 1, null, 0)).Rule);
    }

    private static Limit Blocked(long value) => new(
        1,
        new ScopeId(ScopeKind.Tenant, 1),
        MetricId.Amount,
        PeriodKind.Month,
        LimitKind.Blocked,
        LimitSource.Limit,
        value);

    private static LimitDraft Draft(long? blocked, params ImmutableArray<WarningDraft> warnings) =>
        new(MetricId.Amount, PeriodKind.Month, blocked, warnings);

    private static LimitDraft Tokens(long? blocked, params ImmutableArray<WarningDraft> warnings) =>
        new(MetricId.TextTokens, PeriodKind.Month, blocked, warnings);

    private static (string Field, string Rule)[] Check(LimitDraft draft) => Pairs(LimitRules.CheckLimit(draft));

    private static (string Field, string Rule)[] Thresholds(LimitDraft[] drafts, string[] warning, string[] blocked) =>
        Pairs(LimitRules.CheckThresholds(drafts, MetricCatalogue.BuiltIn, warning, blocked));

    private static (string Field, string Rule)[] Pairs(IEnumerable<FieldError> broken) =>
        [.. broken.Select(b => (b.Field, b.Rule))];
}
