using System.Security.Cryptography;
using System.Threading.Channels;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>A process that took the place of an edge, and confirms everything it is told.</summary>
internal sealed class ForeignObserver : IEdgeObserver
{
    private readonly Channel<ChangeMessage> _told = Channel.CreateUnbounded<ChangeMessage>();

    public ChannelReader<ChangeMessage> Told => _told.Reader;

    public Task OnLimitsAsync(LimitsMessage message) => Task.CompletedTask;

    public Task OnRecallAsync(RecallMessage message) => Task.CompletedTask;

    public Task OnHoldEndedAsync(HoldEndedMessage message) => Task.CompletedTask;

    public Task<byte[]?> ConfirmAsync(ChangeMessage message, Guid call, byte[] seal)
    {
        _told.Writer.TryWrite(message);
        return Task.FromResult<byte[]?>(RandomNumberGenerator.GetBytes(seal.Length));
    }

    public Task<bool> ApplyAsync(ChangeMessage message)
    {
        _told.Writer.TryWrite(message);
        return Task.FromResult(true);
    }
}
