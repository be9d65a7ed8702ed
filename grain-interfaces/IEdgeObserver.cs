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

    [Alias("rates"), ResponseTimeout("00:00:02")]
    Task RatesChangedAsync();
}
