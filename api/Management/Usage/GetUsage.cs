using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage</c></summary>
internal sealed class GetUsage(TenantStore tenants, UsageReports reports, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<UsageQueryReader>
{
    private static readonly Task<Result<byte[]>> CsvComparesNothing = Task.FromResult<Result<byte[]>>(
        new Error.RulesBroken("compare", "json-only", "Must be omitted for CSV, which is one table."));

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
        if (WhyNotShown(Caller, asked) is { } denied)
            return ApiResult.Failure(denied);
        asked = asked with { Visibility = Caller.Visibility };
        return await UsageCsv.AnswerAsync(
            HttpContext.Request,
            () => query.Compares ? CsvComparesNothing : reports.ReadCsvAsync(asked, catalogue, query.ShowsNames, ct),
            async () => ApiResult.Of(
                await reports.ReadAsync(asked, catalogue, query.Compares, ct), static sums => ApiResult.Ok(sums)));
    }

    /// <summary>
    /// Returns why the requested usage may not be shown: only callers who see all usage may see who used which model.
    /// </summary>
    private static Error? WhyNotShown(Caller caller, UsageQuery asked)
    {
        if (!caller.SeesAll && asked.ProjectId is { } project && !caller.Projects.ContainsKey(project))
            return new Error.NotFound("project");
        var isOfAll = asked.Member is not null || asked.Model is not null
            || asked.GroupBy.Any(static group => group is UsageGroup.Member or UsageGroup.Model);
        return isOfAll && !caller.Has(Permission.ReadUsageOfAll)
            ? new Error.Forbidden(AccessRules.MissingText(Permission.ReadUsageOfAll))
            : null;
    }
}
