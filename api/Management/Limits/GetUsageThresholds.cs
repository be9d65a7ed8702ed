using System.Collections.Immutable;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/usage-thresholds</c></summary>
internal sealed class GetUsageThresholds(TenantStore tenants, LimitStore limits, MetricStore metrics)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/usage-thresholds");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadAccountThresholds);
        Describe("Get an account's warning and blocked values");
        Returns<UsageThresholdsResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        if ((await limits.ListAsync(TenantId, null, ct)).IsError(out var error, out var found))
            return ApiResult.Failure(error);

        var contact = await limits.FindContactAsync(TenantId, ct)
            ?? new() { WarningRecipients = [], BlockedRecipients = [], Language = tenant.Language };
        var thresholds = found
            .Where(static limit => limit.Source == LimitSource.Threshold)
            .GroupBy(static limit => limit.Metric)
            .Select(DraftOf);
        return ApiResult.Ok(UsageThresholdsResponse.Of(thresholds, contact, await metrics.ReadAsync(ct)));
    }

    private static LimitDraft DraftOf(IGrouping<short, StoredLimit> rows) => new(
        new MetricId(rows.Key),
        PeriodKind.Month,
        rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value,
        [
            .. rows.Where(static row => row.Kind == LimitKind.Warning)
                .Select(static row => WarningDraft.At(row.Value)),
        ]);
}
