namespace Sluice.Api.Management.Metrics;

/// <summary>A metric as the API shows it.</summary>
/// <param name="Name">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Decimals">The most decimals of its amounts, 0 to 6.</param>
/// <param name="Rounding">What becomes of amounts with more decimals: refused, or rounded.</param>
/// <param name="Derived">Whether it is computed from the price book; no event may name it.</param>
/// <param name="BuiltIn">Whether it is part of every installation.</param>
internal sealed record MetricResponse(string Name, int Decimals, Rounding Rounding, bool Derived, bool BuiltIn)
{
    public static MetricResponse Of(Metric metric) =>
        new(
            metric.Name,
            metric.Decimals,
            metric.Rounding,
            metric.Derived,
            metric.Id.Value < MetricId.FirstCustom.Value);
}
