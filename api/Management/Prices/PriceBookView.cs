using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Storage.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary>A price book as the API shows it.</summary>
internal sealed record PriceBookView(
    DateTimeOffset EffectiveFrom, string Currency, IReadOnlyList<PriceBookView.Price> Prices)
{
    /// <param name="Model">A model's name, or <c>*</c>.</param>
    /// <param name="Metric">The metric's name.</param>
    /// <param name="Per">How many whole units the amounts are for.</param>
    /// <param name="Amount">Money for so many units, in the book's currency.</param>
    /// <param name="Credits">Credits for so many units.</param>
    internal sealed record Price(string Model, string Metric, long Per, JsonDecimal Amount, JsonDecimal Credits);

    public static PriceBookView Of(StoredPriceBook book, MetricCatalogue catalogue)
    {
        var amount = catalogue[MetricId.Amount].Decimals;
        var credits = catalogue[MetricId.Credits].Decimals;
        return new(
            book.EffectiveFrom,
            book.Currency,
            [
                .. book.Prices.Select(price => new Price(
                    price.Model,
                    catalogue[new(price.Metric)].Name,
                    price.PerUnits,
                    JsonDecimal.Of(price.AmountMicros, amount),
                    JsonDecimal.Of(price.CreditsMicros, credits))),
            ]);
    }
}
