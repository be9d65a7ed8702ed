using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Engine.Control;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/state</c></summary>
internal static class GetState
{
    internal sealed record Item(ScopeKind Scope, string ScopeId, IReadOnlyList<Counter> Metrics);

    /// <param name="Period">As in <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</param>
    /// <param name="Limit">The lowest blocked value in force; null where nothing blocks.</param>
    /// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
    internal sealed record Counter(
        string Metric, string Period, NumberText Used, NumberText Held, NumberText? Limit, string State);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/state", HandleAsync)
        .Needs(Permission.ReadUsage)
        .Describe("GetState", "Shows live usage, holds and states, as far as the caller sees")
        .Lists<Item>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        ITenantStore tenants,
        IControlSignals signals,
        IMetricStore metrics,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is null)
            return Reply.NotFound("tenant");
        var live = await signals.StateAsync(t.Value, caller.Sight, ct);
        var catalogue = await metrics.ReadAsync(ct);
        return Reply.Ok(new ListOf<Item>([.. live.Select(scope => Show(scope, catalogue))], null));
    }

    private static Item Show(ScopeLiveState scope, MetricCatalogue catalogue) => new(
        scope.Scope.Kind,
        scope.Scope.ToString(),
        [.. scope.Metrics.Select(counter => Show(counter, catalogue[counter.Metric]))]);

    private static Counter Show(MetricLiveState counter, Metric metric) => new(
        metric.Name,
        counter.Period.ToString(),
        NumberText.Of(counter.UsedUnits, metric.Decimals),
        NumberText.Of(counter.HeldUnits, metric.Decimals),
        counter.LimitUnits is { } limit ? NumberText.Of(limit, metric.Decimals) : null,
        counter.State);
}
