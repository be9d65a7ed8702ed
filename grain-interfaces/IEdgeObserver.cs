using Orleans.Concurrency;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>An edge as the cluster reaches it.</summary>
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
    /// True when the edge rates by what is in the database now; false where it could not read that. It is no exception,
    /// because what a driver throws can't be told from a fault at the other end of a wire.
    /// </summary>
    [Alias("rates"), ResponseTimeout("00:00:02")]
    Task<bool> RatesChangedAsync();
}
