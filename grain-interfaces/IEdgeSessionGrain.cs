using Orleans.CodeGeneration;
using Orleans.Concurrency;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>
/// Where an edge can be reached. The key is the number of its session. The edge makes itself known again and again, so
/// an activation that has moved is without it for a moment only; whoever needs an answer asks again.
/// </summary>
[Alias("sluice.edge-session"), Version(1)]
public interface IEdgeSessionGrain : IGrainWithIntegerKey
{
    /// <summary>The edge of this session is reached by this reference.</summary>
    [Alias("register"), ResponseTimeout("00:00:05")]
    Task RegisterAsync(IEdgeObserver edge);

    /// <summary>A hint: it may be lost.</summary>
    [Alias("limits"), OneWay]
    Task OnLimitsAsync(LimitsMessage message);

    /// <summary>A hint: it may be lost.</summary>
    [Alias("recall"), OneWay]
    Task OnRecallAsync(RecallMessage message);

    /// <summary>True when the edge admits nothing with the keys any more; false where no edge has answered.</summary>
    [Alias("revoke"), ResponseTimeout("00:00:03")]
    Task<bool> RevokeAsync(long[] keyIds);

    /// <summary>The same for every key of a tenant.</summary>
    [Alias("revoke-tenant"), ResponseTimeout("00:00:03")]
    Task<bool> RevokeTenantAsync(long tenantId);

    /// <summary>True when the edge rates by the prices and metrics that are in the database now.</summary>
    [Alias("rates"), ResponseTimeout("00:00:03")]
    Task<bool> RatesChangedAsync();
}
