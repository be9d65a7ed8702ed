using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Sessions;

/// <summary>
/// Watches the sessions of all nodes: fences those that have gone silent, settles their usage from the ledger, notifies
/// the authorities of this process, and ends the holds of settled ones when they expire. All nodes do the same; the
/// store lets each step happen once. No limit depends on the clocks here: a premature fence costs its node a restart
/// and nothing else.
/// </summary>
public sealed class SessionWatch(
    SessionStore sessions,
    HoldStore holds,
    AuthorityHost authorities,
    ProcessClock clock,
    ILogger<SessionWatch> logger)
{
    /// <summary>Interval at which the sessions are checked.</summary>
    private const int LookMs = 250;

    /// <summary>
    /// Time without a heartbeat after which a session has ended on every clock that drifts by no more than 3 %, so that
    /// nothing is answered from memory under it.
    /// </summary>
    private const int SilentMs = LeaseBounds.SessionTtlMs * 103 / 100 + LookMs;

    /// <summary>
    /// Gap between checks after which silence proves nothing, because this process may have been asleep.
    /// </summary>
    private const int GapMs = 4 * LookMs;

    private readonly Dictionary<SessionId, (DateTime Beat, long SinceMs)> _heard = [];
    private readonly HashSet<SessionId> _told = [];
    private long _lookedAtMs;

    /// <summary>Checks until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(LookMs), clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await LookAsync(stop);
                    await holds.SweepAsync(clock.Time.GetUtcNow(), stop);
                }
                catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
                {
                    SessionLog.LookFailed(logger, e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var views = await sessions.ReadRecentAsync(ct);
        var nowMs = clock.MonotonicMs;

        // While the store was unreachable no session could send a heartbeat, and while this process slept it saw none.
        if (nowMs - _lookedAtMs > GapMs)
            _heard.Clear();
        _lookedAtMs = nowMs;
        foreach (var view in views)
        {
            if (!view.Fenced && IsSilent(view, nowMs))
                await FenceAsync(view.Session, ct);
            else if (view is { Fenced: true, Settled: false })
                await sessions.SettleAsync(view.Session, ct);
            else if (view.Settled && !_told.Contains(view.Session))
                await TellAsync(view.Session, ct);
        }

        Forget(views);
    }

    private bool IsSilent(SessionView view, long nowMs)
    {
        if (_heard.TryGetValue(view.Session, out var heard) && heard.Beat == view.Beat)
            return nowMs - heard.SinceMs > SilentMs;
        _heard[view.Session] = (view.Beat, nowMs);
        return false;
    }

    private async Task FenceAsync(SessionId session, CancellationToken ct)
    {
        if (await sessions.FenceAsync(session, ct) > 0)
            SessionLog.Fenced(logger, session.Value);
        await sessions.SettleAsync(session, ct);
    }

    private async Task TellAsync(SessionId session, CancellationToken ct)
    {
        authorities.OnSessionSettled(
            session,
            new SettledSession(await sessions.ReadLeftAsync(session, ct), await holds.ReadAsync(session, ct)));
        _told.Add(session);
    }

    private void Forget(IReadOnlyList<SessionView> views)
    {
        var known = views.Select(v => v.Session).ToHashSet();
        _told.IntersectWith(known);
        authorities.ForgetSettled(s => !known.Contains(s));
        foreach (var gone in _heard.Keys.Where(s => !known.Contains(s)).ToList())
            _heard.Remove(gone);
    }
}
