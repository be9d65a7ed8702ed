using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// Holds all authorities in this process: the fake that engine tests use instead of grains. It starts an authority at
/// its first request, drops it when it has been idle for a while, and passes the same contract tests as the grains of a
/// cluster.
/// </summary>
internal sealed class InProcessDirectory : IAuthorityDirectory, IEdgeDirectory
{
    /// <summary>The interval of the search for idle authorities.</summary>
    private const int SweepMs = 5_000;

    /// <summary>
    /// An authority that is idle for this long is dropped; edges have given their rights back by then.
    /// </summary>
    private const int IdleMs = 2 * LeaseBounds.IdleScopeMs;

    /// <summary>
    /// How long an admin's change may take to be in force everywhere before the caller gets an error.
    /// </summary>
    private const int EffectiveWaitMs = 8_000;

    private readonly ConcurrentDictionary<ScopeId, Lazy<Task<AuthorityRuntime>>> _authorities = new();
    private readonly ConcurrentDictionary<SessionId, IEdgeEndpoint> _edges = new();
    private readonly AuthorityStorage _storage;
    private readonly ProcessClock _clock;
    private readonly AuthorityHost _host;
    private long _calls;

    public InProcessDirectory(
        AuthorityStorage storage, ProcessClock clock, ILogger<InProcessDirectory> logger)
    {
        _storage = storage;
        _clock = clock;
        _host = new AuthorityHost(storage, this, clock, logger);
    }

    /// <summary>The number of authorities in memory.</summary>
    public int Count => _authorities.Count;

    /// <summary>The number of calls to authorities since the start.</summary>
    public long Calls => Volatile.Read(ref _calls);

    public AuthorityCounts Counts => new(Calls, Count, _storage.Leases.Commits);

    /// <summary>Adds an edge of this process.</summary>
    public void Join(IEdgeEndpoint edge) => _edges[edge.Session] = edge;

    /// <summary>Removes an edge that has stopped.</summary>
    public void Leave(IEdgeEndpoint edge) => _edges.TryRemove(edge.Session, out _);

    public IEdgeEndpoint? Find(SessionId session) => _edges.GetValueOrDefault(session);

    public ValueTask<bool> IsAliveAsync(SessionId session) => ValueTask.FromResult(_edges.ContainsKey(session));

    public async Task<SyncReply?> SyncAsync(SyncRequest request, CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        var authority = await AuthorityAsync(request.Scope);
        var answer = authority.SyncAsync(request);
        _host.Watch(authority, answer);
        return await answer;
    }

    public async Task RefreshAsync(ScopeId scope, CancellationToken ct)
    {
        try
        {
            var limits = await _storage.Activations.ReadLimitsAsync(scope, ct);
            var authority = await AuthorityAsync(scope);
            var effective = authority.RefreshAsync(limits);
            _host.Watch(authority, effective);
            await effective.WaitAsync(TimeSpan.FromMilliseconds(EffectiveWaitMs), _clock.Time, ct);
        }
        catch (Exception e) when (e is TimeoutException or NpgsqlException or IOException)
        {
            throw new SignalUnavailableException("The limits are saved, but not in force everywhere yet.", e);
        }
    }

    public Task PropagateAsync(NodeChange change, CancellationToken ct) =>
        Task.WhenAll(_edges.Values.Select(e => e.ApplyAsync(change, ct)));

    public async Task<IReadOnlyList<CounterReading>?> ReadAsync(ScopeId scope, CancellationToken ct)
    {
        if (!_authorities.TryGetValue(scope, out var started) || !started.Value.IsCompletedSuccessfully)
            return null;
        return (await started.Value).Read();
    }

    /// <summary>Ticks the authorities, and drops idle ones.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_host.RunAsync(stop), SweepAsync(stop));

    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(SweepMs), _clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await ForgetIdleAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task<AuthorityRuntime> AuthorityAsync(ScopeId scope)
    {
        while (true)
        {
            var started = _authorities.GetOrAdd(scope, static (s, self) =>
                new Lazy<Task<AuthorityRuntime>>(() => self._host.StartAsync(s)), this);
            try
            {
                var authority = await started.Value;
                if (!authority.Deposed)
                    return authority;
                Forget(scope, started, authority);
            }
            catch
            {
                // The next caller tries again.
                _authorities.TryRemove(KeyValuePair.Create(scope, started));
                throw;
            }
        }
    }

    private async Task ForgetIdleAsync()
    {
        foreach (var (scope, started) in _authorities)
        {
            if (!started.IsValueCreated || !started.Value.IsCompletedSuccessfully)
                continue;
            var authority = await started.Value;
            if (!authority.HasPendingWork && _clock.MonotonicMs - authority.HeardMs > IdleMs)
                Forget(scope, started, authority);
        }
    }

    private void Forget(ScopeId scope, Lazy<Task<AuthorityRuntime>> started, AuthorityRuntime authority)
    {
        _authorities.TryRemove(KeyValuePair.Create(scope, started));
        _host.Forget(authority);
    }
}
