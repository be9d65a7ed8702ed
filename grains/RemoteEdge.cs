using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>An edge somewhere in the cluster, reached through its session's grain. Pushes are not awaited.</summary>
internal sealed class RemoteEdge(SessionId session, IEdgeSessionGrain grain) : IEdgeEndpoint
{
    public SessionId Session => session;

    public void OnLimits(LimitsPush push) => _ = grain.OnLimitsAsync(LimitsMessage.Of(push));

    public void OnRecall(Recall recall) => _ = grain.OnRecallAsync(RecallMessage.Of(recall));

    public async Task RevokeAsync(IReadOnlyCollection<long> keyIds) => Confirm(await grain.RevokeAsync([.. keyIds]));

    public async Task RevokeTenantAsync(long tenantId) => Confirm(await grain.RevokeTenantAsync(tenantId));

    public async Task RatesChangedAsync(CancellationToken ct) => Confirm(await grain.RatesChangedAsync());

    private void Confirm(bool done)
    {
        if (!done)
            throw new TimeoutException($"The edge of session {session.Value} has not answered.");
    }
}
