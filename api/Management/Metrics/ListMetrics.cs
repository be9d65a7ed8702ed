using Sluice.Api.Management.Prices;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Metrics;

/// <summary><c>GET /api/v1/metrics</c></summary>
internal sealed class ListMetrics(MetricStore metrics) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/metrics");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.ReadTenant);
        Describe("List all metrics, the built-in ones first");
        Returns<ListResponse<MetricResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        // There are 256 at most.
        return query.Cut(catalogue.All.Select(MetricResponse.Of), static metric => metric.Name);
    }
}
