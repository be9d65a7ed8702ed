using Sluice.Api.Management.Keys;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Keys;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/keys/{k}/limits/{metric}</c></summary>
internal sealed class SetKeyLimit(LimitSetter setter, KeyStore keys, MetricStore metrics)
    : ManagementEndpoint<LimitRequest>
{
    internal static readonly PeriodKind[] Periods = [PeriodKind.Month, PeriodKind.Day, PeriodKind.Total];

    public override void Configure()
    {
        Put("/keys/{k}/limits/{metric}");
        Group<LimitsEndpoints>();
        Requires(Permission.SetKeyLimits);
        Transactional();
        Guarded();
        Describe("Set a key's limit on a metric, per month, per day or in total");
        Returns<LimitResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(LimitRequest request, CancellationToken ct)
    {
        var key = await keys.FindAsync(TenantId, KeyId, ct);
        if (Caller.WhyNotManaged(key, Permission.SetKeyLimits) is { } error)
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        if (!catalogue.TryGet(RouteText("metric"), out var found))
            return ApiResult.NotFound("metric");
        return await setter.SetAsync(
            TenantId, new(ScopeKind.Key, KeyId), LimitSource.Key, found, Periods, request, ct);
    }

    protected override async Task<ApiResult> LockAsync(LimitRequest request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var period = LimitReader.ReadPeriod(request.Period, Periods, rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        return catalogue.TryGet(RouteText("metric"), out var metric)
            ? await setter.LockAsync(
                TenantId, new(ScopeKind.Key, KeyId), LimitSource.Key, metric, period, Caller, ct)
            : ApiResult.NotFound("metric");
    }
}
