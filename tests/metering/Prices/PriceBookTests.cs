using System.Text;
using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;
using Xunit;

namespace Sluice.Metering.Tests.Prices;

public sealed class PriceBookTests
{
    private const string Prime = "plamo-2.1-prime";

    [Fact]
    public void At_TakesTheLatestDateNotAfterNow_OfTheTenantsCurrency()
    {
        var book = Book(Edition(1, "JPY", 1_000, 10), Edition(2, "JPY", 2_000, 20), Edition(3, "EUR", 1_500, 99));
        Assert.Equal([0, 10, 10, 20], Tokens(book, "JPY", 999, 1_000, 1_999, 2_000));
        Assert.Equal([0, 99], Tokens(book, "EUR", 1_499, 1_500));
        Assert.Equal([0], Tokens(book, "USD", 5_000));
    }

    [Fact]
    public void OfTwoEditionsWithOneDate_TheOnePublishedLastIsInForce_WhateverTheOrder()
    {
        var book = Book(Edition(7, "JPY", 1_000, 70), Edition(9, "JPY", 1_000, 90), Edition(8, "JPY", 1_000, 80));
        Assert.Equal([90], Tokens(book, "JPY", 1_000));
    }

    [Fact]
    public void AnEdition_ReplacesTheOneBeforeAsAWhole()
    {
        PriceEntry seconds = new(PriceEntry.AnyModel, MetricId.AudioTranscribedSeconds, 60, 1, 1);
        var book = Book(
            new PriceEdition(1, "JPY", 0, [seconds]),
            Edition(2, "JPY", 1_000, 5));
        Assert.False(book.At("JPY", 999).Rate(null, MetricId.AudioTranscribedSeconds, 1).Unpriced);
        Assert.True(book.At("JPY", 1_000).Rate(null, MetricId.AudioTranscribedSeconds, 1).Unpriced);
    }

    [Fact]
    public void AList_SaysHowLongItIsInForce()
    {
        var book = Book(Edition(1, "JPY", 1_000, 10), Edition(2, "JPY", 2_000, 20));
        foreach (var (nowMs, from, until) in new[]
        {
            (0L, long.MinValue, 1_000L), (1_000, 1_000, 2_000), (1_999, 1_000, 2_000), (2_000, 2_000, long.MaxValue),
        })
        {
            var list = book.At("JPY", nowMs);
            Assert.Equal((from, until), (list.EffectiveFromMs, list.EffectiveUntilMs));
        }
    }

    [Fact]
    public void EmptyBook_RatesEverythingZero_AndMarksItUnpriced()
    {
        var rating = PriceBook.Empty.At("JPY", 0).Rate(Prime, MetricId.TextTokens, 418);
        Assert.Equal(new Rating(RatingOutcome.Rated, 0, 0, 1), rating);
    }

    [Fact]
    public void AModel_IsFoundByItsBytes_AsByItsName()
    {
        var list = Book(new PriceEdition(1, "JPY", 0,
        [
            new(Prime, MetricId.TextTokens, 1, 3, 0),
            new(PriceEntry.AnyModel, MetricId.TextTokens, 1, 1, 0),
        ])).At("JPY", 0);
        Assert.Same(list.For(Prime), list.For("plamo-2.1-prime"u8));
        Assert.NotSame(list.For(Prime), list.For("plamo-2.1"u8));
        Assert.Same(list.For((string?)null), list.For("another"u8));
        Assert.Same(list.For(""), list.For(ReadOnlySpan<byte>.Empty));
        Assert.Same(list.For("プラモ"), list.For(Encoding.UTF8.GetBytes("プラモ")));
    }

    [Fact]
    public void Create_RefusesAnEditionThatBreaksARule()
    {
        var error = Assert.Throws<ArgumentException>(() => Book(Edition(1, "yen", 0, 1)));
        Assert.Contains("currency", error.Message, StringComparison.Ordinal);
    }

    private static PriceBook Book(params PriceEdition[] editions) =>
        PriceBook.Create(editions, MetricCatalogue.BuiltIn);

    private static PriceEdition Edition(long id, string currency, long fromMs, long microsPerToken) =>
        new(id, currency, fromMs, [new(PriceEntry.AnyModel, MetricId.TextTokens, 1, microsPerToken, 0)]);

    /// <summary>Returns the price of one token at each instant.</summary>
    private static long[] Tokens(PriceBook book, string currency, params long[] instants) =>
        [.. instants.Select(nowMs => book.At(currency, nowMs).Rate(Prime, MetricId.TextTokens, 1).AmountMicros)];
}
