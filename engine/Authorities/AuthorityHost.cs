using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Metering;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Engine.Authorities;

/// <summary>
/// The authorities of this process, whoever holds them: starts them from the store, tells them of the time while they
/// wait for something, and of sessions that have ended.
/// </summary>
public sealed class AuthorityHost(
    ActivationQueue activations, LeaseGroupCommit disk, IEdgeDirectory edges, ProcessClock clock, ILogger logger)
{
    /// <summary>How often waits inside authorities are looked at.</summary>
    private const int TickMs = LeaseBounds.RecallRetryMs;

    private readonly ConcurrentDictionary<AuthorityRuntime, byte> _running = new();
    private readonly ConcurrentDictionary<AuthorityRuntime, byte> _restless = new();
    private readonly ConcurrentDictionary<SessionId, ILookup<ScopeId, SettledSnapshot>> _settled = new();

    /// <summary>Authorities in this process.</summary>
    public int Count => _running.Count;

    /// <summary>An authority of a new epoch.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    public async Task<AuthorityRuntime> StartAsync(ScopeId scope)
    {
        var snapshot = await activations.ActivateAsync(scope);
        var authority = new AuthorityRuntime(snapshot, disk, edges, clock, logger);
        _running.TryAdd(authority, 0);

        // It may have started from a reading of the store of before, and not have been there when others were told.
        foreach (var (session, left) in _settled)
            authority.OnSessionSettled(session, [.. left[scope]]);
        return authority;
    }

    /// <summary>The authority is not used any more.</summary>
    public void Forget(AuthorityRuntime authority)
    {
        _running.TryRemove(authority, out _);
        _restless.TryRemove(authority, out _);
    }

    /// <summary>Time must be told to this one while something waits in it.</summary>
    public void Watch(AuthorityRuntime authority, Task waits)
    {
        if (!waits.IsCompleted)
            _restless.TryAdd(authority, 0);
    }

    /// <summary>
    /// A session is settled. Telling an authority twice, or one that began afterwards, does no harm; one that began
    /// from an older reading of the store must hear it.
    /// </summary>
    public void OnSessionSettled(SessionId session, ILookup<ScopeId, SettledSnapshot> left)
    {
        _settled[session] = left;
        foreach (var authority in _running.Keys)
            authority.OnSessionSettled(session, [.. left[authority.Scope]]);
    }

    /// <summary>No authority that starts from now on can have read the store before these were settled.</summary>
    public void ForgetSettled(Func<SessionId, bool> isOld)
    {
        foreach (var session in _settled.Keys.Where(isOld))
            _settled.TryRemove(session, out _);
    }

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(TickMs), clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                foreach (var authority in _restless.Keys)
                {
                    // Removed first: one that becomes restless meanwhile finds itself missing and comes back.
                    if (!authority.HasPendingWork && _restless.TryRemove(authority, out _) && authority.HasPendingWork)
                        _restless.TryAdd(authority, 0);
                    authority.Tick();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
