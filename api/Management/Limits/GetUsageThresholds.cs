using System.Collections.Immutable;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/usage-thresholds</c></summary>
internal static class GetUsageThresholds
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/usage-thresholds", HandleAsync)
        .Needs(Permission.ReadAccountThresholds)
        .Describe("GetUsageThresholds", "Shows an account's warning and blocked values")
        .Produces<ThresholdsResource>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ITenantStore tenants, ILimitStore limits, IMetricStore metrics, CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        if ((await limits.ListAsync(t.Value, null, ct)).IsRefused(out var refusal, out var found))
            return Reply.Refused(refusal);

        var contact = await limits.FindContactAsync(t.Value, ct)
            ?? new() { WarningRecipients = [], BlockedRecipients = [], Language = tenant.Language };
        var thresholds = found
            .Where(static limit => limit.Source == LimitSource.Threshold)
            .GroupBy(static limit => limit.Metric)
            .Select(DraftOf);
        return Reply.Ok(ThresholdsResource.Of(thresholds, contact, await metrics.ReadAsync(ct)));
    }

    private static LimitDraft DraftOf(IGrouping<short, StoredLimit> rows) => new(
        new MetricId(rows.Key),
        PeriodKind.Month,
        rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value,
        [
            .. rows.Where(static row => row.Kind == LimitKind.Warning)
                .Select(static row => WarningDraft.At(row.Value!.Value)),
        ]);
}
