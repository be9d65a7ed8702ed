using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>The edge of a session, somewhere in the cluster. Pushes are hints: they are not awaited and may be lost.
/// </summary>
internal sealed class RemoteEdge(SessionId session, EdgeLinks edges, ILogger logger) : IEdgeEndpoint
{
    public SessionId Session => session;

    public void OnLimits(LimitsPush push) => _ = PushAsync(edge =>
    {
        var message = LimitsMessage.Of(push);
        return edge.Observer.OnLimitsAsync(message with { Seal = Sealed(edge, s => MessageSeal.Of(message, s)) });
    });

    public void OnRecall(Recall recall) => _ = PushAsync(edge =>
    {
        var message = RecallMessage.Of(recall);
        return edge.Observer.OnRecallAsync(message with { Seal = Sealed(edge, s => MessageSeal.Of(message, s)) });
    });

    public void OnHoldEnded(Guid reservationId) => _ = PushAsync(edge =>
    {
        var message = new HoldEndedMessage(reservationId);
        return edge.Observer.OnHoldEndedAsync(message with { Seal = Sealed(edge, s => MessageSeal.Of(message, s)) });
    });

    /// <summary>
    /// Has the edge apply a change. Only a confirmation with the seal of its session counts: a process that answers at
    /// the edge's address without being that edge would leave a deleted key alive.
    /// </summary>
    public async Task ApplyAsync(NodeChange change, CancellationToken ct)
    {
        var edge = await edges.FindAsync(session)
            ?? throw new TimeoutException($"The edge of session {session.Value} has no address.");
        if (!await ConfirmsAsync(edge, MessageOf(change)))
            throw new TimeoutException($"The edge of session {session.Value} could not read the change.");
    }

    private static async Task<bool> ConfirmsAsync(EdgeLink edge, ChangeMessage message)
    {
        if (edge.Secret is not { } secret)
            return await edge.Observer.ApplyAsync(message);
        var call = Guid.NewGuid();
        var seal = await edge.Observer.ConfirmAsync(message, call, MessageSeal.Of(message, call, secret));
        return MessageSeal.Matches(seal, MessageSeal.OfConfirmation(message, call, secret));
    }

    private static byte[]? Sealed(EdgeLink edge, Func<byte[], byte[]> seal) =>
        edge.Secret is { } secret ? seal(secret) : null;

    private static ChangeMessage MessageOf(NodeChange change) => change switch
    {
        NodeChange.Keys keys => new(ChangeKind.Keys, [.. keys.Ids]),
        NodeChange.Tenant tenant => new(ChangeKind.Tenant, [tenant.Id]),
        NodeChange.Rates => new(ChangeKind.Rates, []),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "not a change"),
    };

    private async Task PushAsync(Func<EdgeLink, Task> push)
    {
        try
        {
            if (await edges.FindAsync(session) is { } edge)
                await push(edge);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or OrleansException)
        {
            ClusterLog.PushLost(logger, session.Value, e.Message);
        }
    }
}
