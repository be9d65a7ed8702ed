using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;
using Xunit;

namespace Sluice.Metering.Tests.Prices;

public sealed class ModelPricesTests
{
    private const string Prime = "plamo-2.1-prime";

    private static readonly MetricCatalogue Metrics = MetricCatalogue.BuiltIn;

    [Fact]
    public void AnEvent_IsRoundedOnce_NotOncePerLine()
    {
        // Three thirds of a micro: each rounds to 0 alone, together they are 1.
        var prices = For(
            Line(MetricId.TextTokens, 3, 1, 0),
            Line(MetricId.Requests, 3, 1, 0),
            Line(MetricId.AudioTranscribedSeconds, 3, 1, 0));
        var rating = prices.Rate(
            [new(MetricId.TextTokens, 1), new(MetricId.Requests, 1), new(MetricId.AudioTranscribedSeconds, 1_000)]);
        Assert.Equal(new Rating(RatingOutcome.Rated, 1, 0, 0), rating);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(25, 3)]
    public void Halves_AreRoundedAwayFromZero(long tokens, long micros) =>
        Assert.Equal(micros, For(Line(MetricId.TextTokens, 10, 1, 0)).Rate(MetricId.TextTokens, tokens).AmountMicros);

    [Fact]
    public void APrice_IsForWholeUnits_WhateverTheMetricsDecimals()
    {
        // 90.5 s at 36 yen and 2 credits an hour.
        var prices = For(Line(MetricId.AudioTranscribedSeconds, 3_600, 36_000_000, 2_000_000));
        var rating = prices.Rate(MetricId.AudioTranscribedSeconds, 90_500);
        Assert.Equal(new Rating(RatingOutcome.Rated, 905_000, 50_278, 0), rating);
    }

    [Fact]
    public void AModelsOwnPrice_BeatsTheOneForAnyModel_MetricByMetric()
    {
        var list = List(
            new(PriceEntry.AnyModel, MetricId.TextTokens, 1, 1, 0),
            new(PriceEntry.AnyModel, MetricId.Requests, 1, 100, 0),
            new(Prime, MetricId.TextTokens, 1, 7, 0));
        Assert.Equal(7, list.Rate(Prime, MetricId.TextTokens, 1).AmountMicros);
        Assert.Equal(100, list.Rate(Prime, MetricId.Requests, 1).AmountMicros);
        Assert.Equal(1, list.Rate("plamo-2.1-lite", MetricId.TextTokens, 1).AmountMicros);
        Assert.Equal(1, list.Rate(null, MetricId.TextTokens, 1).AmountMicros);
    }

    [Fact]
    public void UsageWithoutAPrice_IsMarked_ByItsPlaceInTheEvent()
    {
        var rating = For(Line(MetricId.TextTokens, 1, 5, 0)).Rate(
        [
            new(MetricId.AudioAnalyzedSeconds, 1),
            new(MetricId.TextTokens, 2),
            new(MetricId.AudioTranscribedSeconds, 3),
        ]);
        Assert.Equal(new Rating(RatingOutcome.Rated, 10, 0, 0b101), rating);
        Assert.True(rating.Unpriced);
    }

    [Fact]
    public void RequestsWithoutAPrice_FreeLines_AndZeroUnits_AreNotUnpriced()
    {
        var prices = For(Line(MetricId.TextTokens, 1, 0, 0));
        var rating = prices.Rate(
            [new(MetricId.Requests, 1), new(MetricId.TextTokens, 9), new(MetricId.AudioAnalyzedSeconds, 0)]);
        Assert.Equal(new Rating(RatingOutcome.Rated, 0, 0, 0), rating);
    }

    [Fact]
    public void AnEventAtTheBound_IsRated_AndOneMicroMoreIsTooLarge()
    {
        var prices = For(Line(MetricId.TextTokens, 1, 1, 0), Line(MetricId.Requests, 2, 1, 1));
        Quantity most = new(MetricId.TextTokens, ScaledNumber.MaxUnits);
        Assert.Equal(ScaledNumber.MaxUnits, prices.Rate([most]).AmountMicros);
        Assert.Equal(RatingOutcome.TooLarge, prices.Rate([most, new(MetricId.Requests, 1)]).Outcome);
        Assert.Equal(RatingOutcome.TooLarge, prices.Rate(MetricId.TextTokens, long.MaxValue).Outcome);
    }

    [Fact]
    public void CreditsAlone_CanBeTooLarge() => Assert.Equal(
        RatingOutcome.TooLarge,
        For(Line(MetricId.TextTokens, 1, 0, PriceEntry.MaxMicros)).Rate(MetricId.TextTokens, 2).Outcome);

    [Fact]
    public void SixtyFourQuantitiesAreTheMost_AndNoneIsNegative()
    {
        var prices = For(Line(MetricId.TextTokens, 1, 1, 0));
        var units = Enumerable.Repeat(new Quantity(MetricId.AudioAnalyzedSeconds, 1), Rating.MaxQuantities).ToArray();
        Assert.Equal(ulong.MaxValue, prices.Rate(units).UnpricedMask);
        Assert.Throws<ArgumentException>(() => prices.Rate([.. units, units[0]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => prices.Rate(MetricId.TextTokens, -1));
    }

    [Fact]
    public void Rate_AllocatesNothing()
    {
        var list = List(Line(MetricId.TextTokens, 1_000_000, 60, 1), Line(MetricId.AudioAnalyzedSeconds, 7, 1, 3));
        Quantity[] quantities = [new(MetricId.TextTokens, 418), new(MetricId.AudioAnalyzedSeconds, 90_500)];
        var sum = list.For("plamo-2.1-prime"u8).Rate(quantities).AmountMicros;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            sum += list.For("plamo-2.1-prime"u8).Rate(quantities).AmountMicros;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void Rate_IsTheExactSum_RoundedOnce_ForAnyPricesAndUsage()
    {
        Prop.ForAll(Prices().ToArbitrary(), Usage().ToArbitrary(), static (entries, quantities) =>
        {
            var rating = For([.. entries]).Rate(quantities);
            var amount = Model(entries, quantities, static e => e.AmountMicros);
            var credits = Model(entries, quantities, static e => e.CreditsMicros);
            return amount > ScaledNumber.MaxUnits || credits > ScaledNumber.MaxUnits
                ? rating.Outcome == RatingOutcome.TooLarge
                : rating.Outcome == RatingOutcome.Rated && rating.AmountMicros == amount
                    && rating.CreditsMicros == credits;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static PriceEntry Line(MetricId metric, long per, long amountMicros, long creditsMicros) =>
        new(PriceEntry.AnyModel, metric, per, amountMicros, creditsMicros);

    private static PriceList List(params PriceEntry[] entries) =>
        PriceBook.Create([new PriceEdition(1, "JPY", 0, [.. entries])], Metrics).At("JPY", 0);

    private static ModelPrices For(params PriceEntry[] entries) => List(entries).For((string?)null);

    /// <summary>
    /// Prices for some of the metrics, per quantities that real price lists have and some that none has.
    /// </summary>
    private static Gen<PriceEntry[]> Prices() =>
        from metrics in Gen.SubListOf(Metrics.All.Where(static m => !m.Derived).Select(static m => m.Id))
        from pers in Gen.Elements(1L, 2, 3, 7, 10, 60, 1_000, 3_600, 1_000_000).ArrayOf(metrics.Count)
        from amounts in Magnitudes(15).ArrayOf(metrics.Count)
        from credits in Magnitudes(15).ArrayOf(metrics.Count)
        select metrics.Select((m, i) => Line(m, pers[i], amounts[i], credits[i])).ToArray();

    private static Gen<Quantity[]> Usage() =>
        (from metric in Gen.Elements(Metrics.All.Where(static m => !m.Derived).ToArray())
         from units in Magnitudes(15)
         select new Quantity(metric.Id, units)).ArrayOf().Select(static q => q.Take(8).ToArray());

    /// <summary>Numbers of all sizes up to a power of ten; half of them small, so that results stay in range.</summary>
    private static Gen<long> Magnitudes(int most) =>
        from magnitude in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, most))
        from seed in Gen.Choose(0, int.MaxValue)
        select (long)(BigInteger.Pow(10, magnitude) * seed / int.MaxValue);

    /// <summary>The definition, with unbounded fractions.</summary>
    private static BigInteger Model(PriceEntry[] entries, Quantity[] quantities, Func<PriceEntry, long> price)
    {
        BigInteger numerator = 0;
        BigInteger denominator = 1;
        foreach (var (metric, units) in quantities)
        {
            if (entries.FirstOrDefault(e => e.Metric == metric) is not { } entry)
                continue;
            BigInteger per = (BigInteger)entry.PerUnits * Metrics[metric].UnitsPerWhole;
            numerator = (numerator * per) + ((BigInteger)units * price(entry) * denominator);
            denominator *= per;
        }

        return ((2 * numerator) + denominator) / (2 * denominator);
    }
}
