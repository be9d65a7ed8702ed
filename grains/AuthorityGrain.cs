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

    private Task<AuthorityRuntime>? _starting;

    private ScopeId Scope => new(kind, this.GetPrimaryKeyLong());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // One that is still starting is forgotten when it has; nothing may wait for the store here.
        if (_starting is not null)
            _ = ForgetAsync(_starting);
        return Task.CompletedTask;
    }

    private async Task ForgetAsync(Task<AuthorityRuntime> starting)
    {
        await ((Task)starting).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (starting.IsCompletedSuccessfully)
            host.Forget(await starting);
    }

    public async Task<SyncAnswer?> SyncAsync(SyncCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!await gate.AdmitsAsync(call, Scope))
            return null;
        var authority = await StartedAsync();
        var answer = authority.SyncAsync(call.ToRequest(Scope));
        host.Watch(authority, answer);
        SyncReply? reply = null;
        try
        {
            reply = await answer.WaitAsync(AnswerWait);
        }
        catch (TimeoutException)
        {
            // The caller no longer waits.
        }

        LeaveIfDeposed(authority);
        if (reply is null)
            return null;
        gate.Note(reply.Outcome, call, Scope);
        return SyncAnswer.Of(reply);
    }

    public async Task<bool> RefreshAsync()
    {
        var authority = await StartedAsync();
        var limits = await activations.ReadLimitsAsync(Scope, CancellationToken.None);
        var effective = authority.RefreshAsync(limits);
        host.Watch(authority, effective);
        try
        {
            await effective.WaitAsync(EffectiveWait);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or SignalUnavailableException)
        {
            LeaveIfDeposed(authority);
            return false;
        }
    }

    public async Task<ReadingLine[]?> ReadAsync()
    {
        if (_starting is null)
        {
            DeactivateOnIdle();
            return null;
        }

        var authority = await StartedAsync();
        LeaveIfDeposed(authority);
        return [.. authority.Read().Select(ReadingLine.Of)];
    }

    /// <summary>
    /// Starts the authority with the first call that needs it. One that is only read is not worth an epoch and its
    /// accounts in memory: who shows a large tenant would start all of its authorities.
    /// </summary>
    private Task<AuthorityRuntime> StartedAsync()
    {
        // A start that failed is tried again by the next call.
        if (_starting is null or { IsFaulted: true } or { IsCanceled: true })
            _starting = host.StartAsync(Scope);
        return _starting;
    }

    /// <summary>Deactivates the grain if it is deposed; the next call starts an activation with a new epoch.</summary>
    private void LeaveIfDeposed(AuthorityRuntime authority)
    {
        if (authority.Deposed)
            DeactivateOnIdle();
    }
}
