using Sluice.Metering.Metrics;

namespace Sluice.Api.Management.Metrics;

/// <summary>A metric as the API shows it.</summary>
/// <param name="Name">What usage events call it.</param>
/// <param name="Decimals">Most decimals its amounts have.</param>
/// <param name="Derived">Computed from the price book; no event may name it.</param>
/// <param name="BuiltIn">Part of every installation.</param>
internal sealed record MetricView(string Name, int Decimals, bool Derived, bool BuiltIn)
{
    public static MetricView Of(Metric metric) =>
        new(metric.Name, metric.Decimals, metric.Derived, metric.Id.Value < MetricId.FirstCustom.Value);
}
