using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control.Prices;

/// <summary>A price book as the audit log shows it: as in the API.</summary>
internal sealed record PriceBookState(
    DateTimeOffset EffectiveFrom, string Currency, IReadOnlyList<PriceBookState.Price> Prices)
{
    internal sealed record Price(string Model, string Metric, long Per, decimal Amount, decimal Credits);

    public static PriceBookState? Of(StoredPriceBook? book, MetricCatalogue catalogue) => book is null
        ? null
        : new(
            book.EffectiveFrom,
            book.Currency,
            [
                .. book.Prices.Select(price => new Price(
                    price.Model,
                    catalogue[new(price.Metric)].Name,
                    price.PerUnits,
                    ScaledNumber.ToDecimal(price.AmountMicros, catalogue[MetricId.Amount].Decimals),
                    ScaledNumber.ToDecimal(price.CreditsMicros, catalogue[MetricId.Credits].Decimals))),
            ]);
}
