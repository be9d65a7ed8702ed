using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Events;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    /// <summary>Interval at which waits, retries and expiries are checked.</summary>
    private const int TickMs = 10;

    /// <summary>Interval at which the session is renewed; it survives six lost heartbeats.</summary>
    private const int BeatMs = 500;

    /// <summary>Interval at which idle scopes are looked for.</summary>
    private const int SweepMs = 5_000;

    private long _syncs;

    public void OnLimits(LimitsPush push)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            _core.OnLimits(_clock.Now, push, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    public void OnRecall(Recall recall)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            _core.OnRecall(_clock.Now, recall, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    public void OnHoldEnded(Guid reservationId)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            if (_reservations.Find(reservationId) is not { } ended)
                return;
            _reservations.Remove(ended);
            _core.Release(_clock.Now, ended.Key, ended.Hold, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    public Task ApplyAsync(NodeChange change, CancellationToken ct)
    {
        switch (change)
        {
            case NodeChange.Keys keys:
                Caches?.Revoke(keys.Ids);
                return Task.CompletedTask;
            case NodeChange.Tenant tenant:
                Caches?.RevokeTenant(tenant.Id);
                return Task.CompletedTask;
            case NodeChange.Rates:
                return Caches?.ReloadRatesAsync(ct) ?? Task.CompletedTask;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "not a change");
        }
    }

    /// <summary>
    /// Runs the ledger writer, the timer and the heartbeat until stopped, then flushes everything to disk.
    /// </summary>
    public async Task RunAsync(SessionStore sessions, CancellationToken stop)
    {
        var writer = Task.Run(_ledger.RunAsync, CancellationToken.None);
        using var ended = new CancellationTokenSource();
        var tick = TickAsync(ended.Token);
        var beat = BeatAsync(sessions, ended.Token);
        var expire = ExpireAsync(ended.Token);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, _clock.Time, stop);

        // Healthy loops never end on their own. If one fails, the node ends and restarts from disk; running half alive
        // would be worse.
        await Task.WhenAny(stopped, writer, tick, beat, expire);

        // Stop admitting, then flush: everything admitted so far is written and answered, including its accounts.
        _stopping = true;
        _ledger.Complete();
        await LetWaitersGoAsync(tick);
        await ended.CancelAsync();
        await Task.WhenAll(writer, tick, beat, expire);
    }

    /// <summary>Waits until every waiting request has been answered; the wait for rights is bounded.</summary>
    private async Task LetWaitersGoAsync(Task tick)
    {
        while (Counts.Waiting > 0 && !tick.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(TickMs), _clock.Time);
    }

    private void Dispatch(EdgeEffects? effects)
    {
        if (effects is null)
            return;
        foreach (var request in effects.Resolved)
            OnAdmissionCompleted((UsageEvent)request);
        foreach (var sync in effects.Syncs)
            _ = SyncAsync(sync);
    }

    private async Task SyncAsync(SyncRequest request)
    {
        try
        {
            Interlocked.Increment(ref _syncs);
            var reply = await _directory.SyncAsync(request, CancellationToken.None);
            EdgeEffects? effects;
            lock (_gate)
            {
                if (reply is null)
                    _core.OnUnanswered(_clock.Now, request.Scope, request.Sequence);
                else
                    _core.OnReply(_clock.Now, reply, _effects);
                effects = TakeEffects();
            }

            Dispatch(effects);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            // The edge retries on its own; waiting requests time out eventually.
            EdgeLog.SyncFailed(_logger, e.Message);
        }
#pragma warning disable CA1031 // Not awaited: an error must neither vanish nor end the process.
        catch (Exception e)
        {
            EdgeLog.LoopFailed(_logger, e);
        }
#pragma warning restore CA1031
    }

    private async Task TickAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(TickMs), _clock.Time);
        var sweptMs = _clock.MonotonicMs;
        while (await NextAsync(timer, ct))
        {
            EdgeEffects? effects;
            lock (_gate)
            {
                var now = _clock.Now;
                _core.Tick(now, _effects);
                if (now.MonotonicMs - sweptMs >= SweepMs)
                {
                    sweptMs = now.MonotonicMs;
                    _core.ForgetQuietScopes(now, _effects);
                }

                effects = TakeEffects();
            }

            _ledger.Nudge();
            Dispatch(effects);
        }
    }

    private async Task BeatAsync(SessionStore sessions, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(BeatMs), _clock.Time);
        while (await NextAsync(timer, ct))
        {
            var sentMs = _clock.MonotonicMs;
            try
            {
                if (await sessions.BeatAsync(Session, ct))
                {
                    lock (_gate)
                        _core.OnBeatAnswered(sentMs);
                }
                else
                {
                    OnFenced();
                    return;
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                EdgeLog.BeatFailed(_logger, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
