using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.Grains;

/// <summary>Hands what comes from the cluster to the edge of this process.</summary>
internal sealed class EdgeObserver(IEdgeEndpoint edge, ILogger logger) : IEdgeObserver
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

    public async Task<bool> RatesChangedAsync()
    {
        try
        {
            await edge.RatesChangedAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            ClusterLog.RatesUnread(logger, e.Message);
            return false;
        }
    }
}
