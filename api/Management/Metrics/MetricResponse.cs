namespace Sluice.Api.Management.Metrics;

/// <summary>A metric as the API shows it.</summary>
/// <param name="Name">The name of the metric in usage events.</param>
/// <param name="Decimals">The most decimals of its amounts.</param>
/// <param name="Derived">Whether it is computed from the price book; no event may name it.</param>
/// <param name="BuiltIn">Whether it is part of every installation.</param>
internal sealed record MetricResponse(string Name, int Decimals, bool Derived, bool BuiltIn)
{
    public static MetricResponse Of(Metric metric) =>
        new(metric.Name, metric.Decimals, metric.Derived, metric.Id.Value < MetricId.FirstCustom.Value);
}
