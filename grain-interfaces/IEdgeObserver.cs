using Orleans.Concurrency;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>An edge as called by the cluster.</summary>
[Alias("sluice.edge")]
public interface IEdgeObserver : IGrainObserver
{
    [Alias("limits"), OneWay]
    Task OnLimitsAsync(LimitsMessage message);

    [Alias("recall"), OneWay]
    Task OnRecallAsync(RecallMessage message);

    [Alias("revoke"), ResponseTimeout("00:00:02")]
    Task RevokeAsync(long[] keyIds);

    [Alias("revoke-tenant"), ResponseTimeout("00:00:02")]
    Task RevokeTenantAsync(long tenantId);

    /// <summary>
    /// Reloads prices and metrics. Returns true once the edge rates by what is in the database; false if it could not
    /// read that. This is not an exception, because a database error could not be distinguished from a failure of the
    /// connection between the nodes.
    /// </summary>
    [Alias("rates"), ResponseTimeout("00:00:02")]
    Task<bool> RatesChangedAsync();
}
