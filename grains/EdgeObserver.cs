using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.Grains;

/// <summary>Hands what comes from the cluster to the edge of this process.</summary>
internal sealed class EdgeObserver(IEdgeEndpoint edge) : IEdgeObserver
{
    public Task OnLimitsAsync(LimitsMessage message)
    {
        edge.OnLimits(message.ToPush());
        return Task.CompletedTask;
    }

    public Task OnRecallAsync(RecallMessage message)
    {
        edge.OnRecall(message.ToRecall());
        return Task.CompletedTask;
    }

    public Task RevokeAsync(long[] keyIds) => edge.RevokeAsync(keyIds);

    public Task RevokeTenantAsync(long tenantId) => edge.RevokeTenantAsync(tenantId);

    public Task RatesChangedAsync() => edge.RatesChangedAsync(CancellationToken.None);
}
