using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage</c></summary>
internal sealed class GetUsage(TenantStore tenants, UsageReports reports, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<UsageQueryReader>
{
    public override void Configure()
    {
        Get("/tenants/{t}/usage");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Report();
        Describe("Add up a tenant's settled usage by the requested groups; JSON or CSV by Accept");
        Returns<GetUsageResponse>(StatusCodes.Status200OK, "application/json", UsageCsv.ContentType);
    }

    public override async Task<ApiResult> ExecuteAsync(UsageQueryReader query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        if (query.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var asked))
            return ApiResult.Failure(error);
        if (UsageShown.To(Caller, asked).IsError(out error, out var shown))
            return ApiResult.Failure(error);
        return await UsageCsv.AnswerAsync(
            HttpContext.Request,
            () => query.Compares
                ? UsageCsv.ComparesNothing
                : reports.ReadCsvAsync(shown, catalogue, query.ShowsNames, ct),
            async () => ApiResult.Of(
                await reports.ReadAsync(shown, catalogue, query.Compares, ct), static sums => ApiResult.Ok(sums)));
    }
}
