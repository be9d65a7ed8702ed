using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Keys;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Keys;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/keys/{k}/limits/{metric}</c></summary>
internal static class SetKeyLimit
{
    private static readonly PeriodKind[] Periods = [PeriodKind.Month, PeriodKind.Day, PeriodKind.Total];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/keys/{k}/limits/{metric}", HandleAsync)
        .Needs(Permission.SetKeyLimits)
        .AsAction()
        .Describe("SetKeyLimit", "Sets a key's limit of a metric for a month, a day or in total")
        .Produces<LimitResource>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        KeyId k,
        string metric,
        LimitRequest request,
        Caller caller,
        LimitSetter setter,
        IKeyStore keys,
        IMetricStore metrics,
        CancellationToken ct)
    {
        var key = await keys.FindAsync(t.Value, k.Value, ct);
        if (caller.WhyNotManaged(key, Permission.SetKeyLimits) is { } refusal)
            return Reply.Refused(refusal);
        var catalogue = await metrics.ReadAsync(ct);
        if (!catalogue.TryGet(metric, out var found))
            return Reply.NotFound("metric");
        return await setter.SetAsync(
            t.Value, new(ScopeKind.Key, k.Value), LimitSource.Key, found, Periods, request, ct);
    }
}
