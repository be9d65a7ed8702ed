using Sluice.Metering.Identity;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Leases.Edge;

/// <summary>
/// Admits requests from leased rights, in memory. Single-threaded by contract: its shell holds one lock around every
/// call. No I/O, no clock, no tasks; external actions go into <see cref="EdgeEffects"/>.
/// </summary>
/// <remarks>
/// Split by concept: this file holds the session, the keys and the scopes; <c>EdgeCore.Admission</c> takes,
/// <c>EdgeCore.Settlement</c> ends takes, <c>EdgeCore.Sync</c> talks to authorities, <c>EdgeCore.Limits</c> follows new
/// limits.
/// </remarks>
public sealed partial class EdgeCore
{
    private readonly SortedDictionary<ScopeId, EdgeScope> _scopes = [];
    private readonly Dictionary<long, EdgeKey> _keys = [];
    private readonly Dictionary<ScopeId, long> _followedUnattached = [];
    private readonly List<EdgeScope> _scheduled = [];
    private readonly List<EdgeScope> _urgent = [];
    private readonly List<EdgeScope> _switching = [];
    private long _sessionUntilMs;
    private int _waiting;

    /// <param name="session">This start of this process; its row exists.</param>
    /// <param name="startedAt">The instant before the row was requested, not that of the response: other nodes count
    /// the time to live from the writing of the row, and the process may have slept in between.</param>
    public EdgeCore(SessionId session, CoreInstant startedAt)
    {
        Session = session;
        _sessionUntilMs = startedAt.MonotonicMs + LeaseBounds.SessionTtlMs;
    }

    /// <summary>This start of this process.</summary>
    public SessionId Session { get; }

    /// <summary>Whether another node has fenced this session; final, and nothing is admitted from then on.</summary>
    public bool Fenced { get; private set; }

    /// <summary>The number of requests that wait for rights now.</summary>
    public int Waiting => _waiting;

    /// <summary>The scopes whose counters this edge keeps, ordered by id.</summary>
    public IReadOnlyCollection<EdgeScope> Scopes => _scopes.Values;

    /// <summary>The number of keys with which this edge admits requests.</summary>
    public int Keys => _keys.Count;

    /// <summary>Whether the session was renewed in time: a process that slept through a fence finds out here.</summary>
    public bool MayAdmit(CoreInstant now) => !Fenced && now.MonotonicMs < _sessionUntilMs;

    /// <summary>
    /// Renews the session after an answered heartbeat, counting from the moment it was sent, not answered.
    /// </summary>
    public void OnBeatAnswered(long sentAtMonotonicMs)
    {
        var until = sentAtMonotonicMs + LeaseBounds.SessionTtlMs;
        if (until > _sessionUntilMs)
            _sessionUntilMs = until;
    }

    /// <summary>Marks this session as fenced by another node.</summary>
    public void OnFenced() => Fenced = true;

    /// <summary>Gets a scope, adding it if it is unknown.</summary>
    public EdgeScope Scope(ScopeId id, IPeriodCalendar calendar)
    {
        if (!_scopes.TryGetValue(id, out var scope))
            _scopes.Add(id, scope = new EdgeScope(id, calendar));
        return scope;
    }

    /// <summary>Moves a scope to another time zone, following its tenant.</summary>
    public void FollowCalendar(CoreInstant now, EdgeScope scope, IPeriodCalendar calendar)
    {
        scope.FollowCalendar(calendar, now.WallMs);
        if (scope.Dirty)
            Schedule(scope);
    }

    /// <summary>Finds a scope; null if this edge does not know it.</summary>
    public EdgeScope? FindScope(ScopeId id) => _scopes.GetValueOrDefault(id);

    /// <summary>Admits requests with a key from now on; replaces an older version of the same key.</summary>
    public void AddKey(EdgeKey key)
    {
        if (_keys.TryGetValue(key.KeyId, out var older) && older != key)
            older.Live = false;
        _keys[key.KeyId] = key;
    }

    /// <summary>
    /// Refuses a key from now on, including requests that wait. Once this returns, nothing is admitted with the key, so
    /// the revocation may be acknowledged, provided that the shell drops reads of this key that are in flight: they saw
    /// the store as it was before, and <see cref="AddKey"/> would revive the key.
    /// </summary>
    public void RevokeKey(long keyId)
    {
        if (_keys.Remove(keyId, out var key))
            key.Live = false;
    }

    /// <summary>
    /// Refuses every key that counts in a scope, as <see cref="RevokeKey"/> does one. Walks through all keys, because
    /// tenants are rarely revoked.
    /// </summary>
    public void RevokeKeysOf(ScopeId scope)
    {
        foreach (var key in _keys.Values)
        {
            foreach (var counted in key.Route)
            {
                if (counted.Id == scope)
                    RevokeKey(key.KeyId);
            }
        }
    }

    /// <summary>
    /// Returns the rights of scopes that have been idle for a while, and forgets their counters once the authority has
    /// answered. Called periodically.
    /// </summary>
    public void ForgetQuietScopes(CoreInstant now, EdgeEffects effects)
    {
        foreach (var scope in _scopes.Values)
        {
            if (now.MonotonicMs - scope.TouchedAtMs < LeaseBounds.IdleScopeMs || !scope.Attached)
                continue;
            var quiet = scope.Waiters.Count == 0 && scope.Stage == SwitchStage.Done && scope.Retired.Count == 0
                && scope.InFlightNow == 0 && scope.InFlightBefore == 0;
            foreach (var counter in scope.Counters())
            {
                scope.ReturnIdle(counter, 0);
                quiet &= counter.Quiet && counter.Rights == 0;
            }

            if (quiet && !scope.Dirty && !scope.SyncInFlight)
                Leave(scope);
            else if (scope.Dirty)
                Schedule(scope);
        }

        Tick(now, effects);
    }

    /// <summary>
    /// Reports everything once more and has the newest authority confirm it, then forgets. A deposed authority could
    /// still answer an ordinary report, and anything only it received would be lost.
    /// </summary>
    private void Leave(EdgeScope scope)
    {
        if (scope.LeaveSequence == scope.Sequence)
        {
            scope.Detach();
            return;
        }

        scope.LeaveSequence = scope.Sequence + 1;
        scope.MarkAllDirty();
        MakeUrgent(scope);
    }

    private void Schedule(EdgeScope scope)
    {
        if (scope.Scheduled)
            return;
        scope.Scheduled = true;
        _scheduled.Add(scope);
    }

    private void MakeUrgent(EdgeScope scope)
    {
        scope.Urgent = true;
        Schedule(scope);
        if (scope.UrgentListed)
            return;
        scope.UrgentListed = true;
        _urgent.Add(scope);
    }
}
