using System.ComponentModel.DataAnnotations;
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
            await metrics.AddAsync(work, request.Name!, request.Decimals ?? 0, RoundingOf(request.Rounding), ct),
            static metric => ApiResult.Created("/api/v1/metrics", MetricResponse.Of(metric), ControlChange.Metrics));
    }

    private static Rounding RoundingOf(string? word) =>
        Enum.GetValues<Rounding>().FirstOrDefault(rounding => Words.Of(rounding) == word, Rounding.None);
}

/// <param name="Name">
/// The metric's name: a lower case letter, then lower case letters, digits and <c>_</c>, at most 63 characters; unique.
/// </param>
/// <param name="Decimals">The most decimals of its amounts, 0 to 6; 0 if omitted.</param>
/// <param name="Rounding">
/// What becomes of amounts with more decimals: they are refused (<c>none</c>, the default), rounded to the
/// <c>nearest</c> unit, a half up, or rounded <c>up</c>.
/// </param>
internal sealed record AddMetricRequest(
    string? Name,
    [Range(0, Metric.MaxDecimals)] int? Decimals = null,
    [AllowedValues("none", "nearest", "up")] string? Rounding = null);

internal sealed class AddMetricRequestValidator : Validator<AddMetricRequest>
{
    public AddMetricRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.MetricName);
        RuleFor(static r => r.Decimals).Follows(static decimals => decimals is < 0 or > Metric.MaxDecimals
            ? new("decimals-range", $"Must be 0 to {Metric.MaxDecimals}.")
            : null);
        RuleFor(static r => r.Rounding)
            .Follows(FieldRules.OneOf([.. Enum.GetValues<Rounding>().Select(Words.Of)]))
            .When(static r => r.Rounding is not null);
    }
}
