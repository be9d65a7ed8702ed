using Sluice.Metering.Metrics;
using Sluice.Storage.Control;

namespace Sluice.Storage.Metrics;

/// <summary>The metrics of the installation.</summary>
public interface IMetricStore
{
    /// <summary>The catalogue as it is now, the built-in metrics included.</summary>
    Task<MetricCatalogue> ReadAsync(CancellationToken ct);

    /// <summary>Adds a metric. Refused where the name is taken or no number is left.</summary>
    Task<Result<Metric>> AddAsync(UnitOfWork tx, string name, int decimals, CancellationToken ct);
}
