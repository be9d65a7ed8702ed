using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/me/usage</c></summary>
internal static class GetOwnUsage
{
    /// <param name="From">A time, or a day of the tenant; the start of its current month where left out.</param>
    /// <param name="To">A time, or a day of the tenant, exclusive; now where left out.</param>
    /// <param name="Metric">A metric's name; all metrics where left out.</param>
    /// <param name="GroupBy">As for all usage: day, model, key, …</param>
    /// <param name="Model">As events name it.</param>
    internal readonly record struct Query(
        [FromQuery] string? From,
        [FromQuery] string? To,
        [FromQuery] string? Metric,
        [FromQuery] string? GroupBy,
        [FromQuery] string? Model);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/me/usage", HandleAsync)
        .Needs(Permission.OwnUsage)
        .Describe("GetOwnUsage", "Adds up what the caller used: with the own personal and seat keys, or by name")
        .Produces<GetUsage.Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] Query query,
        Caller caller,
        ITenantStore tenants,
        IUsageStore usage,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var reader = new UsageQueryReader(
            query.From, query.To, query.Metric, query.GroupBy, null, null, null, null, query.Model);
        if (reader.Read(tenant, catalogue, time.GetUtcNow()).IsRefused(out var refusal, out var asked))
            return Reply.Refused(refusal);

        // What it used itself a member may see with whatever model, and in projects that it has left since.
        var rows = await usage.SumAsync(asked with { OwnedBy = caller.MemberId }, ct);
        if (rows.Count > UsageQuery.MaxRows)
        {
            return Reply.Refused(new Refusal.RulesBroken(
                "groupBy", "too-many-rows", $"More than {UsageQuery.MaxRows} rows; ask for less at once."));
        }

        var table = new UsageTable(asked.GroupBy, catalogue);
        return Reply.Ok(new GetUsage.Response([.. rows.Select(table.RowOf)]));
    }
}
