using Sluice.Engine.LiveState;
using Sluice.Engine.Signals;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/state</c></summary>
internal sealed class GetState(TenantStore tenants, ControlSignals signals, MetricStore metrics) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}/state");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Describe("Get live usage, holds and states, as far as the caller may see them");
        Returns<ListResponse<GetStateItem>>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is null)
            return ApiResult.NotFound("tenant");
        var live = await signals.StateAsync(TenantId, Caller.Visibility, ct);
        var catalogue = await metrics.ReadAsync(ct);
        return ApiResult.Ok(new ListResponse<GetStateItem>([.. live.Select(scope => Show(scope, catalogue))], null));
    }

    private static GetStateItem Show(ScopeLiveState scope, MetricCatalogue catalogue) => new(
        scope.Scope.Kind,
        scope.Scope.ToString(),
        [.. scope.Metrics.Select(counter => Show(counter, catalogue[counter.Metric]))]);

    private static GetStateCounter Show(MetricLiveState counter, Metric metric) => new(
        metric.Name,
        counter.Period.ToString(),
        JsonDecimal.Of(counter.UsedUnits, metric.Decimals),
        JsonDecimal.Of(counter.HeldUnits, metric.Decimals),
        counter.LimitUnits is { } limit ? JsonDecimal.Of(limit, metric.Decimals) : null,
        counter.State);
}

/// <param name="Scope">The kind of scope.</param>
/// <param name="ScopeId">The id of the scope, such as <c>k0000000001a</c>.</param>
/// <param name="Metrics">The live counters of the scope, by metric and period.</param>
internal sealed record GetStateItem(ScopeKind Scope, string ScopeId, IReadOnlyList<GetStateCounter> Metrics);

/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Period">The period, such as <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</param>
/// <param name="Used">What is used in the period, in the metric's units.</param>
/// <param name="Held">What reservations hold, in the metric's units.</param>
/// <param name="Limit">The lowest blocked value in force, in the metric's units; null if nothing blocks.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
internal sealed record GetStateCounter(
    string Metric, string Period, JsonDecimal Used, JsonDecimal Held, JsonDecimal? Limit, string State);
