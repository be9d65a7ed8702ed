using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;
using Xunit;

namespace Sluice.Metering.Tests.Prices;

public sealed class PriceRulesTests
{
    private static readonly PriceEntry Good = new("plamo-2.1-prime", MetricId.TextTokens, 1_000_000, 60_000_000, 0);

    [Fact]
    public void AnEditionByTheRules_BreaksNone()
    {
        Assert.Empty(Check(Good, Good with { Model = "*" }, Good with { Metric = MetricId.Requests, PerUnits = 1 }));
        Assert.Empty(Check());
    }

    [Fact]
    public void EveryFailure_IsNamedAtOnce_WithItsField()
    {
        PriceEntry[] prices =
        [
            Good,
            new("", MetricId.Amount, 0, -1, PriceEntry.MaxMicros + 1),
            Good with { Metric = new MetricId(77) },
            Good with { PerUnits = PriceEntry.MaxPerUnits + 1 },
        ];
        var broken = PriceRules.Check(new PriceEdition(1, "jpy", 0, [.. prices]), MetricCatalogue.BuiltIn);
        Assert.Equal(
            [
                ("currency", "currency-form"),
                ("prices[1].model", "model-form"),
                ("prices[1].metric", "metric-derived"),
                ("prices[1].per", "per-range"),
                ("prices[1].amount", "amount-range"),
                ("prices[1].credits", "credits-range"),
                ("prices[2].metric", "metric-unknown"),
                ("prices[3].per", "per-range"),
                ("prices[3]", "duplicate"),
            ],
            broken.Select(b => (b.Field, b.Rule)));
    }

    [Fact]
    public void ADuplicate_NamesTheFirstOfItsKind()
    {
        var broken = Assert.Single(Check(Good with { Model = "*" }, Good, Good with { AmountMicros = 1 }));
        Assert.Equal(("prices[2]", "duplicate"), (broken.Field, broken.Rule));
        Assert.Contains("prices[1]", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PricesThatCannotBeAddedExactly_AreRefused_WhereTheyCanMeet()
    {
        // Large primes: each is fine alone, two still are, three of them need more than 10^18.
        PriceEntry tokens = new("a", MetricId.TextTokens, 999_999_937, 1, 0);
        PriceEntry requests = new("a", MetricId.Requests, 999_999_929, 1, 0);
        PriceEntry seconds = new("a", MetricId.AudioAnalyzedSeconds, 999_999_893, 1, 0);
        Assert.Empty(Check(tokens, requests));
        Assert.Equal("per-incommensurable", Assert.Single(Check(tokens, requests, seconds)).Rule);
        Assert.Equal("per-incommensurable", Assert.Single(Check(tokens, requests, seconds with { Model = "*" })).Rule);
        Assert.Empty(Check(tokens, requests, seconds with { Model = "b" }));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("org/model:7b-instruct@2026", true)]
    [InlineData("two words", false)]
    [InlineData("modèle", false)]
    [InlineData("line\n", false)]
    [InlineData("", false)]
    public void IsModel_TakesPrintableAscii(string text, bool expected) =>
        Assert.Equal(expected, PriceEntry.IsModel(text));

    [Fact]
    public void MoreThanTenThousandPrices_AreRefused()
    {
        var prices = Enumerable.Range(0, PriceEdition.MaxPrices + 1).Select(i => Good with { Model = $"m{i}" });
        Assert.Equal("too-many", Assert.Single(Check([.. prices])).Rule);
    }

    private static ImmutableArray<FieldError> Check(params PriceEntry[] prices) =>
        PriceRules.Check(new PriceEdition(1, "JPY", 0, [.. prices]), MetricCatalogue.BuiltIn);
}
