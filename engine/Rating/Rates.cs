using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;

namespace Sluice.Engine.Rating;

/// <summary>Metrics and prices as one consistent snapshot.</summary>
public sealed record Rates(MetricCatalogue Metrics, PriceBook Prices)
{
    public static readonly Rates None = new(MetricCatalogue.BuiltIn, PriceBook.Empty);
}
