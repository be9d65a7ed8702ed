using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>What setting the limit of a tenant, a project and a key have in common.</summary>
internal sealed class LimitSetter(ControlTransaction tx, ILimitStore limits)
{
    /// <summary>Sets what a tenant itself allows a scope of its own to spend a month.</summary>
    public Task<Reply> SetMonthlyAmountAsync(
        long tenantId, ScopeId scope, LimitRequest request, CancellationToken ct) =>
        SetAsync(
            tenantId,
            scope,
            LimitSource.Limit,
            MetricCatalogue.BuiltIn[MetricId.Amount],
            [PeriodKind.Month],
            request,
            ct);

    public async Task<Reply> SetAsync(
        long tenantId,
        ScopeId scope,
        LimitSource source,
        Metric metric,
        IReadOnlyList<PeriodKind> periods,
        LimitRequest request,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var draft = LimitReader.Read(request, metric, periods, rules);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var recipients = LimitReader.Recipients(request);
        var setting = new LimitSetting(draft.BlockedUnits, draft.Warnings, recipients, recipients);
        return Reply.Of(
            await limits.SetAsync(tx, tenantId, new(scope, metric.Id, draft.Period, source), setting, ct),
            _ => Reply.Ok(
                LimitResource.Of(scope, source, metric, draft, recipients), ControlChange.Limits(scope)));
    }
}
