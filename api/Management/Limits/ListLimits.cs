using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/limits</c></summary>
internal static class ListLimits
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/limits", HandleAsync)
        .Needs(Permission.ReadLimits)
        .Describe("ListLimits", "Lists the limits of a tenant, its projects, seats and keys, as far as the caller sees")
        .Lists<LimitItem>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        [AsParameters] PageQuery query,
        ILimitStore limits,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        if ((await limits.ListAsync(t.Value, caller.Sight, ct)).IsRefused(out var refusal, out var found))
            return Reply.Refused(refusal);
        var table = new LimitTable(found, await metrics.ReadAsync(ct), time.GetUtcNow(), caller.SeesAll);
        return query.Cut(found.Select(table.Show), static limit => limit.Id);
    }
}
