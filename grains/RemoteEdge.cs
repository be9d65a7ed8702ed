using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>The edge of a session, somewhere in the cluster. Pushes are hints: they are not awaited and may be lost.
/// </summary>
internal sealed class RemoteEdge(SessionId session, EdgeAddresses addresses, ILogger logger) : IEdgeEndpoint
{
    public SessionId Session => session;

    public void OnLimits(LimitsPush push) => _ = PushAsync(edge => edge.OnLimitsAsync(LimitsMessage.Of(push)));

    public void OnRecall(Recall recall) => _ = PushAsync(edge => edge.OnRecallAsync(RecallMessage.Of(recall)));

    public async Task ApplyAsync(NodeChange change, CancellationToken ct)
    {
        if (!await (await EdgeAsync()).ApplyAsync(MessageOf(change)))
            throw new TimeoutException($"The edge of session {session.Value} could not read the change.");
    }

    private static ChangeMessage MessageOf(NodeChange change) => change switch
    {
        NodeChange.Keys keys => new(ChangeKind.Keys, [.. keys.Ids]),
        NodeChange.Tenant tenant => new(ChangeKind.Tenant, [tenant.Id]),
        NodeChange.Rates => new(ChangeKind.Rates, []),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "not a change"),
    };

    private async Task<IEdgeObserver> EdgeAsync() => await addresses.FindAsync(session)
        ?? throw new TimeoutException($"The edge of session {session.Value} has no address.");

    private async Task PushAsync(Func<IEdgeObserver, Task> push)
    {
        try
        {
            if (await addresses.FindAsync(session) is { } edge)
                await push(edge);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or OrleansException)
        {
            ClusterLog.PushLost(logger, session.Value, e.Message);
        }
    }
}
