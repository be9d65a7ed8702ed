using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

// The beginning and the end of sessions, as an authority learns of them.
public sealed partial class AuthorityCore
{
    /// <summary>
    /// Adds a session, which follows the limits it gets when it attaches. Does nothing for a known session: the message
    /// may be late, and only the edge itself can say what it follows.
    /// </summary>
    public void OnSessionStarted(CoreInstant now, SessionId session, AuthorityEffects effects)
    {
        if (_settled.Contains(session) || ShareOf(session) is not null)
            return;
        _sessions.Add(new SessionShare(session) { AckedVersion = _limits.Version, Introduced = true });
        Advance(now, effects);
    }

    /// <summary>
    /// Settles a session that was fenced and whose usage was added up from the ledger: its rights are accounted for.
    /// Every running activation must be notified or dropped: one that started from an older snapshot would reserve the
    /// session's rights forever. Notifying one that started from a newer snapshot does no harm. If none is running, one
    /// must be started, at the latest when the period is closed: usage that no live edge reports may have reached a
    /// threshold, and an activation compares everything it finds.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="session">The session.</param>
    /// <param name="left">Its totals in this scope.</param>
    /// <param name="handedOver">Its open holds in this scope, read at the settlement or later.</param>
    /// <param name="effects">Receives the next actions.</param>
    public void OnSessionSettled(
        CoreInstant now,
        SessionId session,
        IReadOnlyList<SettledSnapshot> left,
        IReadOnlyList<HandedOverSnapshot> handedOver,
        AuthorityEffects effects)
    {
        if (!_settled.Add(session) || _sessions.RemoveAll(s => s.Session == session) == 0)
            return;
        foreach (var counter in _counters.Values)
            counter.Remove(session);
        foreach (var line in left)
        {
            var counter = CounterOf(line.Counter);
            counter.SettledUsed += line.UsedUnits;
            counter.Burnt += line.BurntUnits;
            _thresholds.OnUsage(counter, 0, now.WallMs);
        }

        AddHandedOver(now, handedOver);
        Advance(now, effects);
    }

    private SessionShare? ShareOf(SessionId session) => _sessions.Find(s => s.Session == session);

    private void Silence(SessionId session)
    {
        if (ShareOf(session) is not { } share)
            return;
        share.Fenced = true;
        share.Asked = 0;
        share.Doubted = null;
        share.Attach = false;
        share.Verdicts.Clear();
    }
}
