using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary>A price book as the API shows it.</summary>
internal sealed record PriceBookResponse(
    DateTimeOffset EffectiveFrom, string Currency, IReadOnlyList<PriceBookResponse.Price> Prices)
{
    /// <param name="Model">A model's name, or <c>*</c>.</param>
    /// <param name="Metric">The metric's name.</param>
    /// <param name="Per">How many whole units the prices are for.</param>
    /// <param name="Amount">The price of so many units, in the book's currency.</param>
    /// <param name="Credits">The credits for so many units.</param>
    internal sealed record Price(string Model, string Metric, long Per, JsonDecimal Amount, JsonDecimal Credits);

    public static PriceBookResponse Of(StoredPriceBook book, MetricCatalogue catalogue)
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
