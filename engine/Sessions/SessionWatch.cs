using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Metering;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Storage.Sessions;

namespace Sluice.Engine.Sessions;

/// <summary>
/// Every node watches the sessions of all: one that has gone silent is fenced, its usage is settled from the ledger,
/// and the authorities of this process are told. All nodes do the same; the store lets each step happen once. No limit
/// depends on the clocks here: a fence that comes too early costs its node a restart and nothing else.
/// </summary>
public sealed class SessionWatch(
    SessionStore sessions, AuthorityHost authorities, ProcessClock clock, ILogger<SessionWatch> logger)
{
    /// <summary>How often the sessions are looked at.</summary>
    private const int LookMs = 250;

    /// <summary>
    /// A session whose beat stood still for so long is over on every clock that drifts no more than 3 %, so that
    /// nothing is answered from memory under it any more.
    /// </summary>
    private const int SilentMs = LeaseBounds.SessionTtlMs * 103 / 100 + LookMs;

    /// <summary>A look that comes this late has seen too little to say that somebody was silent meanwhile.</summary>
    private const int GapMs = 4 * LookMs;

    private readonly Dictionary<SessionId, (DateTime Beat, long SinceMs)> _heard = [];
    private readonly HashSet<SessionId> _told = [];
    private long _lookedAtMs;

    /// <summary>Looks until stopped.</summary>
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

        // While the store was away nobody could beat, and while this process slept it saw nobody do so.
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
        authorities.OnSessionSettled(session, await sessions.ReadLeftAsync(session, ct));
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
