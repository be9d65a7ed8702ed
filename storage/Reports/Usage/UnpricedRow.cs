namespace Sluice.Storage.Reports.Usage;

/// <summary>Usage of a tenant without a price: counted, rated 0.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Model">The model; empty if events named none.</param>
/// <param name="Metric">Number of the metric.</param>
/// <param name="Value">The usage in the metric's smallest units.</param>
/// <param name="FirstAt">The first quarter hour with such usage.</param>
/// <param name="LastAt">The last quarter hour with such usage.</param>
public sealed record UnpricedRow(
    long TenantId, string Model, short Metric, long Value, DateTimeOffset FirstAt, DateTimeOffset LastAt);
