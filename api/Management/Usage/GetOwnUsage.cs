using System.ComponentModel.DataAnnotations;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/me/usage</c></summary>
internal sealed class GetOwnUsage(TenantStore tenants, UsageReports reports, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetOwnUsageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/me/usage");
        Group<UsageEndpoints>();
        Requires(Permission.OwnUsage);
        Report();
        Describe("Add up the caller's own usage: with their personal and seat keys, or under their name");
        Returns<GetUsageResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetOwnUsageQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var reader = new UsageQueryReader(query.From, query.To, query.Metric, query.GroupBy)
        {
            Model = query.Model,
            Top = query.Top,
            Compare = query.Compare,
        };
        if (reader.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var asked))
            return ApiResult.Failure(error);

        // Members may see their own usage with any model, and in projects that they have left since.
        asked = asked with { OwnedBy = Caller.MemberId };
        return ApiResult.Of(
            await reports.ReadAsync(asked, catalogue, reader.Compares, ct), static sums => ApiResult.Ok(sums));
    }
}

/// <param name="From">
/// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month if
/// omitted.
/// </param>
/// <param name="To">
/// The end, exclusive: a time or a day as in <c>from</c>, at most 3,660 days after it; now if omitted.
/// </param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>; all metrics if omitted.</param>
/// <param name="GroupBy">
/// Groups separated by commas: <c>month</c>, <c>day</c>, <c>hour</c>, <c>project</c>, <c>key</c>, <c>seat</c>,
/// <c>member</c>, <c>model</c>; none if omitted. Every sum is also by metric.
/// </param>
/// <param name="Model">The model's name in events; all usage if omitted.</param>
/// <param name="Top">
/// Only this many values of the first group that is no time, 1 to 100: those with the most usage over the whole span.
/// The others are one row with <c>other</c>. Needs a <c>metric</c>, and one or two groups; all values if omitted.
/// </param>
/// <param name="Compare">
/// <c>previous</c> adds the usage of the span of the same length directly before; none if omitted.
/// </param>
internal sealed record GetOwnUsageQuery(
    string? From = null,
    string? To = null,
    string? Metric = null,
    string? GroupBy = null,
    string? Model = null,
    [Range(1, UsageTop.CountMax)] string? Top = null,
    [AllowedValues(UsageQueryReader.Previous)] string? Compare = null);
