using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Metrics;
using Sluice.Storage.Reconciliation;

namespace Sluice.Api.Management.Reconciliation;

/// <summary><c>GET /api/v1/reconciliation</c></summary>
internal static class GetReconciliation
{
    /// <param name="Period">A month such as <c>2026-11</c>; the present one in UTC where left out.</param>
    /// <param name="Tenant">A tenant's id; all tenants where left out.</param>
    internal readonly record struct Query([FromQuery] string? Period, [FromQuery] string? Tenant);

    /// <param name="Drifts">How many of the lines below differ; 0 is the proof.</param>
    internal sealed record Response(string Period, int Drifts, IReadOnlyList<Item> Items);

    /// <param name="Ledger">What the ledger adds up to, event by event, as far as counters have got.</param>
    /// <param name="Counters">What limits go by.</param>
    /// <param name="Sums">What analytics and statements go by.</param>
    /// <param name="CounterDrift">What limits are off by.</param>
    /// <param name="SumDrift">What analytics and statements are off by.</param>
    internal sealed record Item(
        string TenantId,
        string Metric,
        NumberText Ledger,
        NumberText Counters,
        NumberText Sums,
        NumberText CounterDrift,
        NumberText SumDrift);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/reconciliation", HandleAsync)
        .Needs(Permission.ReadPlatform)
        .Describe("GetReconciliation", "Adds up the ledger of a month anew and compares it with counters and sums")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        [AsParameters] Query query,
        Reconciler reconciler,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var now = time.GetUtcNow();
        var month = PeriodKey.Month(now.Year, now.Month);
        if (query.Period is { } text
            && (!PeriodKey.TryParse(text, out month) || month.Kind != PeriodKind.Month))
            rules.Break("period", "month-form", "Must be a month such as 2026-11.");
        long? tenant = null;
        if (query.Tenant is { } id)
        {
            if (IdText.TryParse(IdText.Tenant, id, out var value))
                tenant = value;
            else
                rules.Break("tenant", "id-form", "Must be the id of a tenant.");
        }

        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        var catalogue = await metrics.ReadAsync(ct);
        var found = await reconciler.CompareAsync(month, tenant, ct);
        return Reply.Ok(new Response(
            month.ToString(),
            found.Count(static drift => !drift.IsNone),
            [.. found.Select(drift => Show(drift, catalogue[new(drift.Metric)]))]));
    }

    private static Item Show(Drift drift, Metric metric) => new(
        Ids.Tenant(drift.TenantId),
        metric.Name,
        NumberText.Of(drift.CountedLedgerUnits, metric.Decimals),
        NumberText.Of(drift.CountedUnits, metric.Decimals),
        NumberText.Of(drift.SummedUnits, metric.Decimals),
        NumberText.Of(drift.CounterUnits, metric.Decimals),
        NumberText.Of(drift.SumUnits, metric.Decimals));
}
