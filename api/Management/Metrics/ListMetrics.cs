using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Metrics;

/// <summary><c>GET /api/v1/metrics</c></summary>
internal static class ListMetrics
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/metrics", HandleAsync)
        .Needs(Permission.ReadTenant)
        .Describe("ListMetrics", "Lists all metrics, the built-in ones first")
        .Lists<MetricView>();

    private static async Task<Reply> HandleAsync(
        [AsParameters] PageQuery query, IMetricStore metrics, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        // There are 256 at most.
        return query.Cut(catalogue.All.Select(MetricView.Of), static metric => metric.Name);
    }
}
