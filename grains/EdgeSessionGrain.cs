using Orleans.Concurrency;
using Orleans.Placement;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.Grains;

/// <summary>Keeps the reference of one edge and passes on what is meant for it.</summary>
[Reentrant, PreferLocalPlacement, GrainType("sluice-edge-session")]
public sealed class EdgeSessionGrain : Grain, IEdgeSessionGrain
{
    private IEdgeObserver? _edge;

    public Task RegisterAsync(IEdgeObserver edge)
    {
        _edge = edge;
        return Task.CompletedTask;
    }

    public Task OnLimitsAsync(LimitsMessage message) => _edge?.OnLimitsAsync(message) ?? Task.CompletedTask;

    public Task OnRecallAsync(RecallMessage message) => _edge?.OnRecallAsync(message) ?? Task.CompletedTask;

    public Task<bool> RevokeAsync(long[] keyIds) => AskAsync(edge => edge.RevokeAsync(keyIds));

    public Task<bool> RevokeTenantAsync(long tenantId) => AskAsync(edge => edge.RevokeTenantAsync(tenantId));

    public async Task<bool> RatesChangedAsync() => _edge is { } edge && await edge.RatesChangedAsync();

    private async Task<bool> AskAsync(Func<IEdgeObserver, Task> ask)
    {
        if (_edge is not { } edge)
            return false;
        await ask(edge);
        return true;
    }
}
