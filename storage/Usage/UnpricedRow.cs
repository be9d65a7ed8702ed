namespace Sluice.Storage.Usage;

/// <summary>Usage of a tenant that no price was found for: counted, rated 0.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Model">Empty where events named none.</param>
/// <param name="Metric">Number of the metric.</param>
/// <param name="Value">In the metric's smallest units.</param>
/// <param name="FirstAt">The first quarter hour of it.</param>
/// <param name="LastAt">The last quarter hour of it.</param>
public sealed record UnpricedRow(
    long TenantId, string Model, short Metric, long Value, DateTimeOffset FirstAt, DateTimeOffset LastAt);
