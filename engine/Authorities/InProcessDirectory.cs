using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Control;
using Sluice.Engine.Metering;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities;

/// <summary>All authorities in this process, started when first asked, forgotten when not asked for a while.</summary>
public sealed class InProcessDirectory(
    ActivationQueue activations, LeaseGroupCommit disk, ProcessClock clock, ILogger<InProcessDirectory> logger)
    : IAuthorityDirectory
{
    /// <summary>How often waits inside authorities are looked at.</summary>
    private const int TickMs = 20;

    /// <summary>How often idle authorities are looked for.</summary>
    private const int SweepMs = 5_000;

    /// <summary>An authority unasked for this long is forgotten; edges have given their rights back by then.</summary>
    private const int IdleMs = 2 * LeaseBounds.IdleScopeMs;

    /// <summary>
    /// How long an admin's change may take to be in force everywhere before the caller is told it is not.
    /// </summary>
    private const int EffectiveWaitMs = 8_000;

    private readonly ConcurrentDictionary<ScopeId, Lazy<Task<AuthorityRuntime>>> _authorities = new();
    private readonly ConcurrentDictionary<SessionId, IEdgeEndpoint> _edges = new();
    private readonly ConcurrentDictionary<AuthorityRuntime, byte> _restless = new();
    private long _calls;
    private long _confirmsFromMs;

    /// <summary>Authorities in memory.</summary>
    public int Count => _authorities.Count;

    /// <summary>Calls to authorities since the start.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>An edge of this process.</summary>
    public void Join(IEdgeEndpoint edge) => _edges[edge.Session] = edge;

    /// <summary>An edge has stopped.</summary>
    public void Leave(IEdgeEndpoint edge) => _edges.TryRemove(edge.Session, out _);

    public async Task<SyncReply?> SyncAsync(SyncRequest request, CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        var authority = await AuthorityAsync(request.Scope);
        var answer = authority.SyncAsync(request);
        if (!answer.IsCompleted)
            _restless.TryAdd(authority, 0);
        return await answer;
    }

    public async Task RefreshAsync(ScopeId scope, CancellationToken ct)
    {
        try
        {
            var limits = await activations.ReadLimitsAsync(scope, ct);
            var authority = await AuthorityAsync(scope);
            var effective = authority.RefreshAsync(limits);
            if (!effective.IsCompleted)
                _restless.TryAdd(authority, 0);
            await effective.WaitAsync(TimeSpan.FromMilliseconds(EffectiveWaitMs), clock.Time, ct);
        }
        catch (Exception e) when (e is TimeoutException or NpgsqlException or IOException)
        {
            throw new SignalUnavailableException("The limits are saved, but not in force everywhere yet.", e);
        }
    }

    /// <summary>
    /// Sessions were fenced just now. Whatever ran them may still be alive and answer from memory until its time to
    /// live is over, so no revocation is confirmed before that.
    /// </summary>
    public void AwaitEndOfFenced() => _confirmsFromMs = clock.MonotonicMs + LeaseBounds.SessionTtlMs;

    public async Task RevokeAsync(IReadOnlyCollection<long> keyIds, CancellationToken ct)
    {
        await Task.WhenAll(_edges.Values.Select(e => e.RevokeAsync(keyIds)));
        await AwaitFencedAsync(ct);
    }

    public async Task RevokeTenantAsync(long tenantId, CancellationToken ct)
    {
        await Task.WhenAll(_edges.Values.Select(e => e.RevokeTenantAsync(tenantId)));
        await AwaitFencedAsync(ct);
    }

    public Task RatesChangedAsync(CancellationToken ct) =>
        Task.WhenAll(_edges.Values.Select(e => e.RatesChangedAsync(ct)));

    public async Task<IReadOnlyList<CounterReading>?> ReadAsync(ScopeId scope, CancellationToken ct)
    {
        if (!_authorities.TryGetValue(scope, out var started) || !started.Value.IsCompletedSuccessfully)
            return null;
        return (await started.Value).Read();
    }

    /// <summary>Tells authorities of the time, and forgets idle ones.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(TickMs), clock.Time);
        var sweptMs = clock.MonotonicMs;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                foreach (var authority in _restless.Keys)
                {
                    // Removed first: one that becomes restless meanwhile finds itself missing and comes back.
                    if (!authority.Restless && _restless.TryRemove(authority, out _) && authority.Restless)
                        _restless.TryAdd(authority, 0);
                    authority.Tick();
                }

                if (clock.MonotonicMs - sweptMs < SweepMs)
                    continue;
                sweptMs = clock.MonotonicMs;
                await ForgetIdleAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async ValueTask AwaitFencedAsync(CancellationToken ct)
    {
        var leftMs = _confirmsFromMs - clock.MonotonicMs;
        if (leftMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(leftMs), clock.Time, ct);
    }

    private async Task<AuthorityRuntime> AuthorityAsync(ScopeId scope)
    {
        while (true)
        {
            var started = _authorities.GetOrAdd(scope, static (s, self) =>
                new Lazy<Task<AuthorityRuntime>>(() => self.StartAsync(s)), this);
            try
            {
                var authority = await started.Value;
                if (!authority.Deposed)
                    return authority;
                _authorities.TryRemove(KeyValuePair.Create(scope, started));
            }
            catch
            {
                // The next one who asks tries again.
                _authorities.TryRemove(KeyValuePair.Create(scope, started));
                throw;
            }
        }
    }

    private async Task<AuthorityRuntime> StartAsync(ScopeId scope)
    {
        var snapshot = await activations.ActivateAsync(scope);
        return new AuthorityRuntime(snapshot, disk, s => _edges.GetValueOrDefault(s), clock, logger);
    }

    private async Task ForgetIdleAsync()
    {
        foreach (var (scope, started) in _authorities)
        {
            if (!started.IsValueCreated || !started.Value.IsCompletedSuccessfully)
                continue;
            var authority = await started.Value;
            if (!authority.Restless && clock.MonotonicMs - authority.HeardMs > IdleMs)
                _authorities.TryRemove(KeyValuePair.Create(scope, started));
        }
    }
}
