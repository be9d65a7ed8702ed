using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.Grains;

/// <summary>Forwards messages from the cluster to the edge of this process.</summary>
internal sealed class EdgeObserver(byte[] secret, ILogger logger) : IEdgeObserver
{
    private IEdgeEndpoint? _edge;

    /// <summary>The edge; null until the session of this process is open.</summary>
    public IEdgeEndpoint? Edge
    {
        get => Volatile.Read(ref _edge);
        set => Volatile.Write(ref _edge, value);
    }

    /// <summary>
    /// Gets the edge, or throws if it has not started. The caller retries; by then the edge has read the change itself.
    /// </summary>
    private IEdgeEndpoint Joined => Edge ?? throw new TimeoutException("The edge is still starting.");

    public Task OnLimitsAsync(LimitsMessage message)
    {
        if (IsGenuine(message.Seal, MessageSeal.Of(message, secret)))
            Edge?.OnLimits(message.ToPush());
        return Task.CompletedTask;
    }

    public Task OnRecallAsync(RecallMessage message)
    {
        if (IsGenuine(message.Seal, MessageSeal.Of(message, secret)))
            Edge?.OnRecall(message.ToRecall());
        return Task.CompletedTask;
    }

    public Task OnHoldEndedAsync(HoldEndedMessage message)
    {
        if (IsGenuine(message.Seal, MessageSeal.Of(message, secret)))
            Edge?.OnHoldEnded(message.ReservationId);
        return Task.CompletedTask;
    }

    public async Task<bool> ApplyAsync(ChangeMessage message)
    {
        try
        {
            await Joined.ApplyAsync(ChangeOf(message), CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            ClusterLog.ChangeUnread(logger, e.Message);
            return false;
        }
    }

    public async Task<byte[]?> ConfirmAsync(ChangeMessage message, Guid call, byte[] seal) =>
        IsGenuine(seal, MessageSeal.Of(message, call, secret)) && await ApplyAsync(message)
            ? MessageSeal.OfConfirmation(message, call, secret)
            : null;

    /// <summary>
    /// Checks that the sender has read the row of this session. Limits that anyone could push would be limits that
    /// anyone could lift.
    /// </summary>
    private bool IsGenuine(byte[]? seal, byte[] expected)
    {
        if (MessageSeal.Matches(seal, expected))
            return true;
        ClusterLog.PushRefused(logger);
        return false;
    }

    private static NodeChange ChangeOf(ChangeMessage message) => message.Kind switch
    {
        ChangeKind.Keys => new NodeChange.Keys(message.Ids),
        ChangeKind.Tenant => new NodeChange.Tenant(message.Ids[0]),
        ChangeKind.Rates => new NodeChange.Rates(),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.Kind, "not a change"),
    };
}
