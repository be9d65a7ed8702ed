using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Metrics;

/// <summary><c>POST /api/v1/metrics</c></summary>
internal static class AddMetric
{
    internal sealed record Request(string? Name, int? Decimals);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/metrics", HandleAsync)
        .Needs(Permission.SetPrices)
        .AsAction()
        .Describe("AddMetric", "Adds a metric; metrics can't be changed or removed, because usage refers to them")
        .Produces<MetricView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        Request request, ControlTransaction tx, IMetricStore metrics, CancellationToken ct)
    {
        var rules = new RuleCheck();
        if (string.IsNullOrEmpty(request.Name))
            rules.Break("name", "required", "Must be given.");
        else if (!Metric.IsName(request.Name))
        {
            rules.Break(
                "name",
                "name-form",
                $"Starts with a lower case letter, then lower case letters, digits and _, at most "
                + $"{Metric.MaxNameLength} in all.");
        }

        var decimals = request.Decimals ?? 0;
        if (decimals is < 0 or > Metric.MaxDecimals)
            rules.Break("decimals", "decimals-range", $"Must be 0 to {Metric.MaxDecimals}.");
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await metrics.AddAsync(tx, request.Name!, decimals, ct),
            static metric => Reply.Created("/api/v1/metrics", MetricView.Of(metric), ControlChange.Metrics));
    }
}
