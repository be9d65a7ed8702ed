using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Cores;

/// <summary>
/// Edges and authorities joined without a network: every message arrives at once and every batch is written, so that a
/// test sees only the cores.
/// </summary>
internal sealed class LeasePair
{
    public static readonly ScopeId Key = new(ScopeKind.Key, 1);
    public static readonly ScopeId Tenant = new(ScopeKind.Tenant, 1);

    private readonly Dictionary<ScopeId, AuthorityCore> _authorities = [];
    private readonly Dictionary<SessionId, EdgeCore> _edges = [];
    private readonly Dictionary<SessionId, EdgeKey> _keys = [];
    private readonly EdgeEffects _edgeEffects = new();
    private readonly AuthorityEffects _authorityEffects = new();
    private List<(SessionId Session, SyncReply Reply)>? _late;
    private (SessionId Session, long Sequence)? _forged;
    private SyncReply? _forgedReply;
    private long _nowMs = 1_000;

    public LeasePair(int edges, LimitSet key, LimitSet tenant)
    {
        SessionId[] sessions = [.. Enumerable.Range(1, edges).Select(n => new SessionId(n))];
        _authorities.Add(Key, Authority(Key, key, sessions));
        _authorities.Add(Tenant, Authority(Tenant, tenant, sessions));
        var calendar = new ShortCalendar(1_000_000);
        foreach (var session in sessions)
        {
            var edge = new EdgeCore(session, Now);
            _edges.Add(session, edge);
            _keys.Add(session, new EdgeKey(1, [edge.Scope(Key, calendar), edge.Scope(Tenant, calendar)]));
            edge.AddKey(_keys[session]);
        }
    }

    public CoreInstant Now => new(_nowMs, _nowMs);

    public static LimitSet NoLimits { get; } = new(1, []);

    public static LimitSet Blocked(ScopeId scope, long units, long version = 1) =>
        new(version, [Limit(scope, LimitKind.Blocked, units, version)]);

    public static Limit Limit(ScopeId scope, LimitKind kind, long units, long id) =>
        new(id, scope, MetricId.Requests, PeriodKind.Month, kind, LimitSource.Limit, units);

    public EdgeCore Edge(int number) => _edges[new SessionId(number)];

    public EdgeKey KeyAt(int edge) => _keys[new SessionId(edge)];

    public AuthorityCore AuthorityOf(ScopeId scope) => _authorities[scope];

    public EdgeCounter Counter(int edge, ScopeId scope) =>
        Edge(edge).FindScope(scope)!.Find(MetricId.Requests, PeriodKind.Month)!;

    /// <summary>Asks, and lets time pass until there is an outcome.</summary>
    public AdmissionRequest Ask(
        int edge, long units, AdmissionMode mode = AdmissionMode.Consume, bool hasClientId = false)
    {
        var request = new AdmissionRequest { Key = KeyAt(edge), Mode = mode, HasClientId = hasClientId };
        request.Charge.Add(MetricId.Requests, units);
        Edge(edge).Admit(Now, request, _edgeEffects);
        Exchange();
        while (request.Outcome == AdmissionOutcome.Waiting)
            Pass(10);
        return request;
    }

    /// <summary>Asks; the authorities' answers are on their way until <see cref="Deliver"/>.</summary>
    public AdmissionRequest AskLater(int edge, long units)
    {
        var request = new AdmissionRequest { Key = KeyAt(edge) };
        request.Charge.Add(MetricId.Requests, units);
        _late = [];
        Edge(edge).Admit(Now, request, _edgeEffects);
        Exchange();
        return request;
    }

    /// <summary>Delivers all messages that are on their way.</summary>
    public void Deliver()
    {
        var late = _late ?? [];
        _late = null;
        foreach (var (session, reply) in late)
            _edges[session].OnReply(Now, reply, _edgeEffects);
        Exchange();
    }

    /// <summary>Asks for usage and settles it.</summary>
    public AdmissionOutcome Use(int edge, long units, AdmissionMode mode = AdmissionMode.Consume)
    {
        var request = Ask(edge, units, mode);
        if (request.Outcome == AdmissionOutcome.Admitted)
            Do(edge, (core, effects) => core.Settle(Now, request.Key, request.Takes, effects));
        return request.Outcome;
    }

    public AdmissionRequest Reserve(int edge, long units)
    {
        var request = Ask(edge, units);
        Do(edge, (core, effects) => core.Hold(Now, request.Key, request.Takes, effects));
        return request;
    }

    public AdmissionRequest CommitHold(int edge, AdmissionRequest hold, long units)
    {
        var actual = new AdmissionRequest { Key = KeyAt(edge) };
        actual.Charge.Add(MetricId.Requests, units);
        Do(edge, (core, effects) => core.CommitHold(Now, hold.Takes, actual, effects));
        return actual;
    }

    public void Do(int edge, Action<EdgeCore, EdgeEffects> act)
    {
        act(Edge(edge), _edgeEffects);
        Exchange();
    }

    public void SetLimits(ScopeId scope, LimitSet limits)
    {
        AuthorityOf(scope).OnLimits(Now, limits, _authorityEffects);
        Exchange();
    }

    /// <summary>Sends a sync in the name of an edge; returns the answer, which goes to the sender and not to the edge.
    /// </summary>
    public SyncReply? Forge(SyncRequest request)
    {
        _forged = (request.Session, request.Sequence);
        _forgedReply = null;
        AuthorityOf(request.Scope).OnSync(Now, request, _authorityEffects);
        Exchange();
        return _forgedReply;
    }

    /// <summary>Lets time pass: everything ticks, and accounts that a limit change waits for are written.</summary>
    public void Pass(long ms)
    {
        _nowMs += ms;
        foreach (var edge in _edges.Values)
        {
            edge.OnBeatAnswered(_nowMs);
            edge.Tick(Now, _edgeEffects);
            if (edge.CheckpointWanted)
            {
                edge.BeginCheckpoint();
                edge.EndCheckpoint(Now, true, _edgeEffects);
            }

            Exchange();
        }

        foreach (var authority in _authorities.Values)
        {
            authority.Tick(Now, _authorityEffects);
            Exchange();
        }
    }

    private static AuthorityCore Authority(ScopeId scope, LimitSet limits, SessionId[] sessions) => new(
        new AuthoritySnapshot(
            scope, 1, limits, limits.Version, [], [], [],
            [.. limits.Limits.Select(l => new ArmedThreshold(l.Id, l.ValueUnits))],
            sessions));

    private void Exchange()
    {
        while (_edgeEffects.Syncs.Count > 0 || HasWork(_authorityEffects))
        {
            foreach (var sync in Take(_edgeEffects.Syncs))
                _authorities[sync.Scope].OnSync(Now, sync, _authorityEffects);
            foreach (var batch in Take(_authorityEffects.Persists))
                _authorities[batch.Scope].OnPersisted(Now, batch.Number, PersistOutcome.Done, [], _authorityEffects);
            var answers = Take(_authorityEffects.Replies).AddRange(Take(_authorityEffects.Refusals));
            foreach (var (session, reply) in answers)
            {
                if (_forged == (session, reply.Sequence))
                    _forgedReply = reply;
                else if (_late is not null)
                    _late.Add((session, reply));
                else
                    _edges[session].OnReply(Now, reply, _edgeEffects);
            }

            foreach (var (session, recall) in Take(_authorityEffects.Recalls))
                _edges[session].OnRecall(Now, recall, _edgeEffects);
            foreach (var (session, push) in Take(_authorityEffects.Pushes))
                _edges[session].OnLimits(Now, push, _edgeEffects);
        }

        _edgeEffects.Clear();
        _authorityEffects.Clear();
    }

    private static bool HasWork(AuthorityEffects effects) =>
        effects.Persists.Count + effects.Replies.Count + effects.Refusals.Count + effects.Recalls.Count
        + effects.Pushes.Count > 0;

    private static ImmutableArray<T> Take<T>(List<T> list)
    {
        ImmutableArray<T> taken = [.. list];
        list.Clear();
        return taken;
    }
}
