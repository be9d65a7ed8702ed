using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>
/// A grain around an <see cref="AuthorityRuntime"/>, which keeps its own order: calls interleave here because one may
/// wait for another. Two activations may exist for a moment; the epoch in the store lets only the newer one grant.
/// </summary>
public abstract class AuthorityGrain(
    ScopeKind kind, AuthorityHost host, ActivationQueue activations, SyncGate gate)
    : Grain, IAuthorityGrain
{
    /// <summary>Maximum time a call waits for new limits to be in force; the caller retries.</summary>
    private static readonly TimeSpan EffectiveWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Maximum time a call waits for its answer. By then the edge has retried several times, or it has ended: a fenced
    /// session is not answered at all, and a call that never ends would delay the shutdown of this silo.
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
        if (!await gate.AdmitsAsync(call, Scope))
            return null;
        var answer = Authority.SyncAsync(call.ToRequest(Scope));
        host.Watch(Authority, answer);
        SyncReply? reply = null;
        try
        {
            reply = await answer.WaitAsync(AnswerWait);
        }
        catch (TimeoutException)
        {
            // The caller no longer waits.
        }

        LeaveIfDeposed();
        if (reply is null)
            return null;
        gate.Note(reply.Outcome, call, Scope);
        return SyncAnswer.Of(reply);
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

    /// <summary>Deactivates the grain if it is deposed; the next call starts an activation with a new epoch.</summary>
    private void LeaveIfDeposed()
    {
        if (Authority.Deposed)
            DeactivateOnIdle();
    }
}
