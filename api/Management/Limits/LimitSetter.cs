using Sluice.Api.Actions;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>
/// Sets the limit of a tenant, a project, a seat or a key: reads the request, stores it, and returns the new limit.
/// </summary>
internal sealed class LimitSetter(UnitOfWork tx, LimitStore limits)
{
    /// <summary>Sets a tenant's own monthly limit on the amount that it, or one of its projects, spends.</summary>
    public Task<ApiResult> SetMonthlyAmountAsync(
        long tenantId, ScopeId scope, LimitRequest request, CancellationToken ct) =>
        SetAsync(
            tenantId,
            scope,
            LimitSource.Limit,
            MetricCatalogue.BuiltIn[MetricId.Amount],
            [PeriodKind.Month],
            request,
            ct);

    public async Task<ApiResult> SetAsync(
        long tenantId,
        ScopeId scope,
        LimitSource source,
        Metric metric,
        IReadOnlyList<PeriodKind> periods,
        LimitRequest request,
        CancellationToken ct)
    {
        var rules = new FieldErrors();
        var draft = LimitReader.Read(request, metric, periods, rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        var recipients = LimitReader.Recipients(request);
        var setting = new LimitSetting(draft.BlockedUnits, draft.Warnings, recipients, recipients);
        return ApiResult.Of(
            await limits.SetAsync(tx, tenantId, new(scope, metric.Id, draft.Period, source), setting, ct),
            _ => ApiResult.Ok(
                LimitResponse.Of(scope, source, metric, draft, recipients), ControlChange.Limits(scope)));
    }
}
