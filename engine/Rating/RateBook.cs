using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Prices;

namespace Sluice.Engine.Rating;

/// <summary>The rates in use in this process; replaced as a whole when the operator changes them.</summary>
public sealed class RateBook(MetricStore metrics, PriceHistory prices)
{
    private volatile Rates _current = Rates.None;

    public Rates Current => _current;

    public async Task ReloadAsync(CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        var editions = await prices.ReadAsync(ct);
        _current = new Rates(catalogue, Sluice.Metering.Prices.PriceBook.Create([.. editions], catalogue));
    }
}
