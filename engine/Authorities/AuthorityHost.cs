using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;

namespace Sluice.Engine.Authorities;

/// <summary>
/// Hosts the authorities of this process: starts them from the store, ticks those with pending work, and notifies them
/// of sessions that have ended.
/// </summary>
public sealed class AuthorityHost(
    AuthorityStorage storage, IEdgeDirectory edges, ProcessClock clock, ILogger logger)
{
    /// <summary>Interval at which authorities with pending work are ticked.</summary>
    private const int TickMs = LeaseBounds.RecallRetryMs;

    private readonly ConcurrentDictionary<AuthorityRuntime, byte> _running = new();
    private readonly ConcurrentDictionary<AuthorityRuntime, byte> _restless = new();
    private readonly ConcurrentDictionary<SessionId, SettledSession> _settled = new();

    /// <summary>The number of authorities in this process.</summary>
    public int Count => _running.Count;

    /// <summary>Starts an authority in a new epoch.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    public async Task<AuthorityRuntime> StartAsync(ScopeId scope)
    {
        var snapshot = await storage.Activations.ActivateAsync(scope);
        var authority = new AuthorityRuntime(snapshot, storage, edges, clock, logger);
        _running.TryAdd(authority, 0);

        // The authority may have read the store before these sessions were settled, and been missing from the list when
        // the others were notified.
        foreach (var (session, settled) in _settled)
            Settle(authority, session, settled);
        KeepTicking(authority);
        return authority;
    }

    /// <summary>Removes an authority that is no longer used.</summary>
    public void Forget(AuthorityRuntime authority)
    {
        _running.TryRemove(authority, out _);
        _restless.TryRemove(authority, out _);
    }

    /// <summary>Ticks the authority until its pending work completes.</summary>
    public void Watch(AuthorityRuntime authority, Task waits)
    {
        if (!waits.IsCompleted)
            _restless.TryAdd(authority, 0);
    }

    /// <summary>
    /// Notifies every authority that a session is settled. Repeating it, or notifying an authority that started later,
    /// does no harm; an authority that started from an older read of the store needs it.
    /// </summary>
    public void OnSessionSettled(SessionId session, SettledSession settled)
    {
        _settled[session] = settled;
        foreach (var authority in _running.Keys)
            Settle(authority, session, settled);
    }

    /// <summary>
    /// Forgets settled sessions that every authority started from now on is certain to find settled in the store.
    /// </summary>
    public void ForgetSettled(Func<SessionId, bool> isOld)
    {
        foreach (var session in _settled.Keys.Where(isOld))
            _settled.TryRemove(session, out _);
    }

    private void Settle(AuthorityRuntime authority, SessionId session, SettledSession settled)
    {
        authority.OnSessionSettled(
            session, [.. settled.Left[authority.Scope]], [.. settled.HandedOver[authority.Scope]]);
        KeepTicking(authority);
    }

    private void KeepTicking(AuthorityRuntime authority)
    {
        if (authority.HasPendingWork)
            _restless.TryAdd(authority, 0);
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
                    // Remove first: an authority that gets work in between finds itself missing and is added again.
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
