namespace Sluice.Api.Management.Prices;

/// <summary>The endpoints tagged "Prices and metrics".</summary>
internal sealed class PricesAndMetricsEndpoints() : ManagementGroup("Prices and metrics");
