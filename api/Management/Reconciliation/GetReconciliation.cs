using Sluice.Api.Management.Jobs;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Reports.Reconciliation;

namespace Sluice.Api.Management.Reconciliation;

/// <summary><c>GET /api/v1/reconciliation</c></summary>
internal sealed class GetReconciliation(Reconciler reconciler, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetReconciliationQuery>
{
    public override void Configure()
    {
        Get("/reconciliation");
        Group<JobsEndpoints>();
        Requires(Permission.ReadPlatform);
        Report();
        Describe("Add up the ledger of a month again, and compare it with the counters and sums");
        Returns<GetReconciliationResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetReconciliationQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var now = time.GetUtcNow();
        var month = PeriodKey.Month(now.Year, now.Month);
        if (query.Period is { } text
            && (!PeriodKey.TryParse(text, out month) || month.Kind != PeriodKind.Month))
            rules.Add("period", "month-form", "Must be a month such as 2026-11.");
        long? tenant = null;
        if (query.Tenant is { } id)
        {
            if (IdText.TryParse(IdText.Tenant, id, out var value))
                tenant = value;
            else
                rules.Add("tenant", "id-form", "Must be the id of a tenant.");
        }

        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        var found = await reconciler.CompareAsync(month, tenant, ct);
        return ApiResult.Ok(new GetReconciliationResponse(
            month.ToString(),
            found.Count(static drift => !drift.IsNone),
            [.. found.Select(drift => Show(drift, catalogue[new(drift.Metric)]))]));
    }

    private static GetReconciliationItem Show(Drift drift, Metric metric) => new(
        Ids.Tenant(drift.TenantId),
        metric.Name,
        JsonDecimal.Of(drift.CountedLedgerUnits, metric.Decimals),
        JsonDecimal.Of(drift.CountedUnits, metric.Decimals),
        JsonDecimal.Of(drift.SummedUnits, metric.Decimals),
        JsonDecimal.Of(drift.CounterUnits, metric.Decimals),
        JsonDecimal.Of(drift.SumUnits, metric.Decimals));
}

/// <param name="Period">The month, such as <c>2026-11</c>; the current one in UTC if omitted.</param>
/// <param name="Tenant">The tenant's id, such as <c>t0000000001a</c>; all tenants if omitted.</param>
internal sealed record GetReconciliationQuery(string? Period = null, string? Tenant = null);

/// <param name="Period">The month, such as <c>2026-11</c>.</param>
/// <param name="Drifts">The number of items that differ; it must be 0.</param>
/// <param name="Items">One item for each tenant and metric that has usage in the month.</param>
internal sealed record GetReconciliationResponse(string Period, int Drifts, IReadOnlyList<GetReconciliationItem> Items);

/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Ledger">
/// The usage that the ledger holds, event by event, as far as the counters have been written; in the metric's units.
/// </param>
/// <param name="Counters">The usage by the counters, which limits use; in the metric's units.</param>
/// <param name="Sums">The usage by the sums, which analytics and statements use; in the metric's units.</param>
/// <param name="CounterDrift">The counters minus the ledger; 0 if they agree.</param>
/// <param name="SumDrift">The sums minus the part of the ledger that they include; 0 if they agree.</param>
internal sealed record GetReconciliationItem(
    string TenantId,
    string Metric,
    JsonDecimal Ledger,
    JsonDecimal Counters,
    JsonDecimal Sums,
    JsonDecimal CounterDrift,
    JsonDecimal SumDrift);
