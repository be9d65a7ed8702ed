using Sluice.Engine.Authorities;
using Sluice.Engine.Control;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>
/// A grain around an <see cref="AuthorityRuntime"/>, which keeps its own order: calls interleave here because one may
/// wait for another. Two activations may exist for a moment; the epoch in the store lets only the newer one grant.
/// </summary>
public abstract class AuthorityGrain(ScopeKind kind, AuthorityHost host, ActivationQueue activations)
    : Grain, IAuthorityGrain
{
    /// <summary>How long one call waits for new limits to be in force; the caller asks again.</summary>
    private static readonly TimeSpan EffectiveWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one call waits for its answer. By then the edge has asked again several times, or it has ended: whoever
    /// is fenced is not answered at all, and a call that never ends would hold up the end of this silo.
    /// </summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(2);

    private AuthorityRuntime? _authority;

    private AuthorityRuntime Authority =>
        _authority ?? throw new InvalidOperationException("The grain is not active.");

    private ScopeId Scope => new(kind, this.GetPrimaryKeyLong());

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _authority = await host.StartAsync(Scope);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_authority is not null)
            host.Forget(_authority);
        return Task.CompletedTask;
    }

    public async Task<SyncAnswer?> SyncAsync(SyncCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var answer = Authority.SyncAsync(call.ToRequest(Scope));
        host.Watch(Authority, answer);
        SyncReply? reply = null;
        try
        {
            reply = await answer.WaitAsync(AnswerWait);
        }
        catch (TimeoutException)
        {
            // Nobody needs it any more.
        }

        LeaveIfDeposed();
        return reply is null ? null : SyncAnswer.Of(reply);
    }

    public async Task<bool> RefreshAsync()
    {
        var limits = await activations.ReadLimitsAsync(Scope, CancellationToken.None);
        var effective = Authority.RefreshAsync(limits);
        host.Watch(Authority, effective);
        try
        {
            await effective.WaitAsync(EffectiveWait);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or SignalUnavailableException)
        {
            LeaveIfDeposed();
            return false;
        }
    }

    public Task<ReadingLine[]> ReadAsync()
    {
        LeaveIfDeposed();
        return Task.FromResult<ReadingLine[]>([.. Authority.Read().Select(ReadingLine.Of)]);
    }

    /// <summary>The next call starts an activation with an epoch of its own.</summary>
    private void LeaveIfDeposed()
    {
        if (Authority.Deposed)
            DeactivateOnIdle();
    }
}
