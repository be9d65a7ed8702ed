using FastEndpoints;
using FluentValidation;
using Sluice.Api.Management.Prices;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Metrics;

/// <summary><c>POST /api/v1/metrics</c></summary>
internal sealed class AddMetric(UnitOfWork work, MetricStore metrics) : ManagementEndpoint<AddMetricRequest>
{
    public override void Configure()
    {
        Post("/metrics");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.SetPrices);
        Transactional();
        Describe("Add a metric; metrics can't be changed or removed, because usage refers to them");
        Returns<MetricResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(AddMetricRequest request, CancellationToken ct)
    {
        return ApiResult.Of(
            await metrics.AddAsync(work, request.Name!, request.Decimals ?? 0, ct),
            static metric => ApiResult.Created("/api/v1/metrics", MetricResponse.Of(metric), ControlChange.Metrics));
    }
}

internal sealed record AddMetricRequest(string? Name, int? Decimals);

internal sealed class AddMetricRequestValidator : Validator<AddMetricRequest>
{
    public AddMetricRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.MetricName);
        RuleFor(static r => r.Decimals).Follows(static decimals => decimals is < 0 or > Metric.MaxDecimals
            ? new("decimals-range", $"Must be 0 to {Metric.MaxDecimals}.")
            : null);
    }
}
