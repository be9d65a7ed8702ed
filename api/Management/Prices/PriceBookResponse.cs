using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary>A price book as the API shows it.</summary>
/// <param name="EffectiveFrom">When it comes into force, in UTC.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="Prices">All prices, by model and metric.</param>
internal sealed record PriceBookResponse(
    DateTimeOffset EffectiveFrom, string Currency, IReadOnlyList<PriceBookResponse.Price> Prices)
{
    /// <param name="Model">The model's name, or <c>*</c> for every model without a price of its own.</param>
    /// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
    /// <param name="Per">The number of whole units of the metric that the prices are for.</param>
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
