using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>GET /api/v1/tenants/{t}/boosts</c></summary>
internal static class ListBoosts
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/boosts", HandleAsync)
        .Needs(Permission.ReadLimits)
        .Describe("ListBoosts", "Lists the boosts that have not ended, as far as the caller sees")
        .Lists<BoostView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        [AsParameters] PageQuery query,
        IBoostStore boosts,
        IMetricStore metrics,
        CancellationToken ct)
    {
        if ((await boosts.ListAsync(t.Value, caller.Sight, ct)).IsRefused(out var refusal, out var found))
            return Reply.Refused(refusal);
        var catalogue = await metrics.ReadAsync(ct);
        return query.Cut(found.Select(limit => BoostView.Of(limit, catalogue)), static boost => boost.Id);
    }
}
