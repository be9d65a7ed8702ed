using Sluice.Engine.LiveState;
using Sluice.Engine.Signals;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Usage;

/// <summary>Reads the live state of a tenant as the API shows it.</summary>
internal sealed class StateReader(ControlSignals signals, MetricStore metrics, NameStore names)
{
    /// <summary>Reads usage, holds and states, at most a second old.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The part of it that may be seen; null for all.</param>
    /// <param name="filter">What of it to read.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<ListResponse<GetStateItem>> ReadAsync(
        long tenantId, Visibility? visibility, StateFilter filter, CancellationToken ct)
    {
        var page = await signals.StateAsync(tenantId, visibility, filter, ct);
        var live = page.Scopes;
        var catalogue = await metrics.ReadAsync(ct);
        var book = await names.ReadAsync(tenantId, live.Select(static scope => scope.Scope.ToString()), ct);
        return new([.. live.Select(scope => Show(scope, catalogue, book))], page.Next?.ToString());
    }

    private static GetStateItem Show(ScopeLiveState scope, MetricCatalogue catalogue, NameBook names)
    {
        var scopeId = scope.Scope.ToString();
        return new(
            scope.Scope.Kind,
            scopeId,
            names[scopeId],
            [.. scope.Metrics.Select(counter => Show(counter, catalogue[counter.Metric]))]);
    }

    private static GetStateCounter Show(MetricLiveState counter, Metric metric) => new(
        metric.Name,
        counter.Period.ToString(),
        JsonDecimal.Of(counter.UsedUnits, metric.Decimals),
        JsonDecimal.Of(counter.HeldUnits, metric.Decimals),
        counter.LimitUnits is { } limit ? JsonDecimal.Of(limit, metric.Decimals) : null,
        [.. counter.WarningUnits.Select(units => JsonDecimal.Of(units, metric.Decimals))],
        counter.State);
}
