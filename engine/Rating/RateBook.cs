using Sluice.Storage.Metrics;
using Sluice.Storage.Prices;

namespace Sluice.Engine.Rating;

/// <summary>The rates that this process rates by; replaced as a whole when the operator changes them.</summary>
public sealed class RateBook(IMetricStore metrics, PriceHistory prices)
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
