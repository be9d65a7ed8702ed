using System.ComponentModel.DataAnnotations;
using Sluice.Metering.Limits;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/keys/{k}/limits/{metric}?period</c></summary>
internal sealed class GetKeyLimit(LimitSetter setter, MetricStore metrics) : ManagementEndpoint<GetKeyLimitQuery>
{
    public override void Configure()
    {
        Get("/keys/{k}/limits/{metric}");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("Get a key's limit on a metric; a key has one for each period");
        Tagged();
        Returns<LimitResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetKeyLimitQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var period = LimitReader.ReadPeriod(query.Period, SetKeyLimit.Periods, rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        if (!catalogue.TryGet(RouteText("metric"), out var metric))
            return ApiResult.NotFound("metric");
        return await setter.ShowAsync(
            TenantId, new(ScopeKind.Key, KeyId), LimitSource.Key, metric, period, Caller, ct);
    }
}

/// <param name="Period">The period over which usage adds up; <c>month</c> if omitted.</param>
internal sealed record GetKeyLimitQuery([AllowedValues("month", "day", "total")] string? Period = null);
