using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage</c></summary>
internal static class GetUsage
{
    internal sealed record Response(IReadOnlyList<Dictionary<string, object?>> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/usage", HandleAsync)
        .Needs(Permission.ReadUsage)
        .Describe("GetUsage", "Adds up a tenant's settled usage by whatever is asked for; JSON or CSV by Accept")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", UsageCsv.ContentType);

    private static async Task<IResult> HandleAsync(
        TenantId t,
        [AsParameters] UsageQueryReader query,
        Caller caller,
        HttpRequest http,
        ITenantStore tenants,
        IUsageStore usage,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        if (query.Read(tenant, catalogue, time.GetUtcNow()).IsRefused(out var refusal, out var asked))
            return Reply.Refused(refusal);
        if (WhyNotShown(caller, asked) is { } denied)
            return Reply.Refused(denied);
        asked = asked with { Sight = caller.Sight };
        var rows = await usage.SumAsync(asked, ct);
        if (rows.Count > UsageQuery.MaxRows)
        {
            return Reply.Refused(new Refusal.RulesBroken(
                "groupBy", "too-many-rows", $"More than {UsageQuery.MaxRows} rows; ask for less at once."));
        }

        var table = new UsageTable(asked.GroupBy, catalogue);
        var items = rows.Select(table.RowOf);
        return UsageCsv.Answer(
            http, () => UsageCsv.Write(table.Columns, items), () => Reply.Ok(new Response([.. items])));
    }

    /// <summary>Who used what with which model is for those who answer for all of it.</summary>
    private static Refusal? WhyNotShown(Caller caller, UsageQuery asked)
    {
        if (!caller.SeesAll && asked.ProjectId is { } project && !caller.Projects.ContainsKey(project))
            return new Refusal.NotFound("project");
        var isOfAll = asked.Member is not null || asked.Model is not null
            || asked.GroupBy.Any(static group => group is UsageGroup.Member or UsageGroup.Model);
        return isOfAll && !caller.Has(Permission.ReadUsageOfAll)
            ? new Refusal.Forbidden(AccessRules.MissingText(Permission.ReadUsageOfAll))
            : null;
    }
}
