using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>Shows and sets the limit of a tenant, a project, a seat or a key on a metric.</summary>
internal sealed class LimitSetter(UnitOfWork tx, LimitStore limits)
{
    /// <summary>Shows a limit in the shape in which it is set; one that is not set has no values.</summary>
    public async Task<ApiResult> ShowAsync(
        long tenantId,
        ScopeId scope,
        LimitSource source,
        Metric metric,
        PeriodKind period,
        Caller caller,
        CancellationToken ct) => ApiResult.Of(
        await limits.ReadAsync(tenantId, scope, source, metric.Id, caller.Visibility, ct),
        rows => ApiResult.Ok(LimitResponse.Of(scope, source, metric, period, rows, ShowsRecipients(caller, scope))));

    /// <summary>Shows the same; no other request changes it until this one ends.</summary>
    public async Task<ApiResult> LockAsync(
        long tenantId,
        ScopeId scope,
        LimitSource source,
        Metric metric,
        PeriodKind period,
        Caller caller,
        CancellationToken ct) => ApiResult.Of(
        await limits.LockAsync(tx, tenantId, scope, source, metric.Id, caller.Visibility, ct),
        rows => ApiResult.Ok(LimitResponse.Of(scope, source, metric, period, rows, ShowsRecipients(caller, scope))));

    /// <summary>Shows the monthly limit on the amount that a tenant, or one of its projects, spends.</summary>
    public Task<ApiResult> ShowMonthlyAmountAsync(
        long tenantId, ScopeId scope, Caller caller, CancellationToken ct) => ShowAsync(
        tenantId,
        scope,
        LimitSource.Limit,
        MetricCatalogue.BuiltIn[MetricId.Amount],
        PeriodKind.Month,
        caller,
        ct);

    /// <summary>Shows the same; no other request changes it until this one ends.</summary>
    public async Task<ApiResult> LockMonthlyAmountAsync(
        long tenantId, ScopeId scope, LimitRequest request, Caller caller, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var period = LimitReader.ReadPeriod(request.Period, [PeriodKind.Month], rules);
        return rules.Error is { } error
            ? ApiResult.Failure(error)
            : await LockAsync(
                tenantId, scope, LimitSource.Limit, MetricCatalogue.BuiltIn[MetricId.Amount], period, caller, ct);
    }

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

        return ApiResult.Of(
            await limits.SetAsync(tx, tenantId, scope, source, draft, ct),
            set => ApiResult.Ok(
                LimitResponse.Of(scope, source, metric, draft.Period, set), ControlChange.Limits(scope)));
    }

    private static bool ShowsRecipients(Caller caller, ScopeId scope) =>
        caller.SeesAll || scope.Kind != ScopeKind.Tenant;
}
