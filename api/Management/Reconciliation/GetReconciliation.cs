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

/// <param name="Period">A month such as <c>2026-11</c>; the current one in UTC if omitted.</param>
/// <param name="Tenant">A tenant's id; all tenants if omitted.</param>
internal sealed record GetReconciliationQuery(string? Period, string? Tenant);

/// <param name="Drifts">How many of the lines below differ; it must be 0.</param>
internal sealed record GetReconciliationResponse(string Period, int Drifts, IReadOnlyList<GetReconciliationItem> Items);

/// <param name="Ledger">The total of the ledger, event by event, as far as the counters have got.</param>
/// <param name="Counters">The total by the counters, which limits use.</param>
/// <param name="Sums">The total by the sums, which analytics and statements use.</param>
/// <param name="CounterDrift">By how much the counters differ from the ledger.</param>
/// <param name="SumDrift">By how much the sums differ from the ledger.</param>
internal sealed record GetReconciliationItem(
    string TenantId,
    string Metric,
    JsonDecimal Ledger,
    JsonDecimal Counters,
    JsonDecimal Sums,
    JsonDecimal CounterDrift,
    JsonDecimal SumDrift);
