using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;

namespace Sluice.Engine.Authorities;

/// <summary>
/// The shell around one <see cref="AuthorityCore"/>: turns its effects into writes, replies and pushes. A grain hosts
/// it.
/// </summary>
public sealed class AuthorityRuntime
{
    /// <summary>
    /// How long a sync may wait before it gets null. A live edge has retried long before; a sync of an ended session
    /// would keep this authority from ever becoming idle and being deactivated.
    /// </summary>
    private const int AnswerWaitMs = 2_000;

    private readonly Lock _gate = new();
    private readonly AuthorityCore _core;
    private readonly Dictionary<SessionId, Question> _asked = [];
    private readonly List<(long Version, TaskCompletionSource Done)> _refreshes = [];
    private readonly AuthorityStorage _storage;
    private readonly IEdgeDirectory _edges;
    private readonly ProcessClock _clock;
    private readonly ILogger _logger;
    private AuthorityEffects _effects = new();
    private long _heardMs;

    public AuthorityRuntime(
        AuthoritySnapshot snapshot,
        AuthorityStorage storage,
        IEdgeDirectory edges,
        ProcessClock clock,
        ILogger logger)
    {
        _core = new AuthorityCore(snapshot);
        _storage = storage;
        _edges = edges;
        _clock = clock;
        _logger = logger;
        _heardMs = clock.MonotonicMs;
    }

    public ScopeId Scope => _core.Scope;

    /// <summary>Whether another activation has taken over; if so, this one must be dropped.</summary>
    public bool Deposed => _core.Deposed;

    /// <summary>Monotonic milliseconds at which the last message arrived.</summary>
    public long HeardMs => Volatile.Read(ref _heardMs);

    /// <summary>
    /// Whether a caller waits for an answer, or holds of settled sessions are to be read, so that the core must be
    /// ticked.
    /// </summary>
    public bool HasPendingWork
    {
        get
        {
            lock (_gate)
                return _asked.Count > 0 || _refreshes.Count > 0 || _core.EffectiveVersion < _core.Limits.Version
                    || _core.WantsHoldReads;
        }
    }

    /// <summary>
    /// Handles a sync of an edge: its report and its request for rights. Returns null if this activation won't answer.
    /// </summary>
    public Task<SyncReply?> SyncAsync(SyncRequest request)
    {
        var answer = Task.FromResult<SyncReply?>(null);
        AuthorityEffects? effects;
        lock (_gate)
        {
            if (_core.Deposed)
                return answer;
            Volatile.Write(ref _heardMs, _clock.MonotonicMs);
            _core.OnSync(_clock.Now, request, _effects);

            // A sync that is refused must not replace the one that waits.
            if (_effects.Refusals.Count > 0)
                answer = Task.FromResult<SyncReply?>(_effects.Refusals[0].Reply);
            else if (request.Sequence > 0)
                answer = Expect(request);
            effects = TakeEffects();
        }

        Dispatch(effects, request);
        return answer;
    }

    /// <summary>Applies new limits; the task completes once they are in force at every edge.</summary>
    public Task RefreshAsync(LimitSet limits)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AuthorityEffects? effects;
        lock (_gate)
        {
            _refreshes.Add((limits.Version, done));
            _core.OnLimits(_clock.Now, limits, _effects);
            if (_core.EffectiveVersion >= limits.Version)
                _effects.Effective.Add(_core.EffectiveVersion);
            effects = TakeEffects();
        }

        Dispatch(effects);
        return done.Task;
    }

    public IReadOnlyList<CounterReading> Read()
    {
        lock (_gate)
            return [.. _core.Read(_clock.WallMs)];
    }

    public void Tick()
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.Tick(_clock.Now, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
        LetLateOnesGo();
    }

    /// <summary>Accepts a session that was unknown to this authority and turned out to be alive.</summary>
    public void OnSessionStarted(SessionId session)
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.OnSessionStarted(_clock.Now, session, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    /// <summary>Settles a session that has ended. Idempotent.</summary>
    public void OnSessionSettled(
        SessionId session, IReadOnlyList<SettledSnapshot> left, IReadOnlyList<HandedOverSnapshot> handedOver)
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.OnSessionSettled(_clock.Now, session, left, handedOver, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    internal void OnHoldsRead(long number, IReadOnlyList<HandedOverSnapshot> lines)
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.OnHoldsRead(_clock.Now, number, lines, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    internal void OnPersisted(long number, PersistOutcome outcome, IReadOnlyList<SessionId> fenced)
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.OnPersisted(_clock.Now, number, outcome, fenced, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    private Task<SyncReply?> Expect(SyncRequest request)
    {
        // A newer request of the same edge replaces the older one, whose answer is no longer needed.
        if (_asked.TryGetValue(request.Session, out var older))
        {
            if (older.Sequence >= request.Sequence
                && !SyncRules.IsBeforeAnyRepeat(request.Sequence, older.Sequence))
            {
                return Task.FromResult<SyncReply?>(null);
            }

            older.Answer.TrySetResult(null);
        }

        var answer = new TaskCompletionSource<SyncReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[request.Session] = new Question(request.Session, request.Sequence, _clock.MonotonicMs, answer);
        return answer.Task;
    }

    private void LetLateOnesGo()
    {
        List<Question> late;
        lock (_gate)
        {
            var nowMs = _clock.MonotonicMs;
            late = [.. _asked.Values.Where(q => nowMs - q.SinceMs > AnswerWaitMs)];
            foreach (var question in late)
                _asked.Remove(question.Session);
        }

        foreach (var question in late)
            question.Answer.TrySetResult(null);
    }

    private AuthorityEffects? TakeEffects()
    {
        var e = _effects;
        if (e.Persists.Count + e.Replies.Count + e.Recalls.Count + e.Pushes.Count + e.Effective.Count
            + e.UnknownSessions.Count + e.Refusals.Count + e.HoldReads.Count == 0
            && !e.Deposed)
            return null;
        _effects = new AuthorityEffects();
        return e;
    }

    private void Dispatch(AuthorityEffects? effects, SyncRequest? of = null)
    {
        if (effects is null)
            return;
        foreach (var batch in effects.Persists)
            _storage.Leases.Enqueue(batch, this);
        foreach (var reading in effects.HoldReads)
            _storage.Holds.Enqueue(reading, this);
        foreach (var (session, reply) in effects.Replies)
            Reply(session, reply);
        foreach (var (session, refusal) in effects.Refusals)
            Refuse(session, refusal);
        foreach (var (session, recall) in effects.Recalls)
            _edges.Find(session)?.OnRecall(recall);
        foreach (var (session, push) in effects.Pushes)
            _edges.Find(session)?.OnLimits(push);
        foreach (var stranger in effects.UnknownSessions)
            _ = LookUpAsync(stranger, of);
        if (effects.Effective.Count > 0)
            CompleteRefreshes(effects.Effective.Max());
        if (effects.Deposed)
            GiveUp();
    }

    /// <summary>
    /// Looks an unknown session up before accepting messages from it. If it is alive, its message is processed right
    /// away: the edge would repeat it, but only after a while, and the first requests of its process wait for the
    /// answer.
    /// </summary>
    private async Task LookUpAsync(SessionId stranger, SyncRequest? said)
    {
        try
        {
            if (!await _edges.IsAliveAsync(stranger))
                return;
            OnSessionStarted(stranger);
            if (said is not null)
                HearAgain(said);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            AuthorityLog.LookUpFailed(_logger, stranger.Value, e.Message);
        }
    }

    /// <summary>
    /// Processes a sync again as if it had just arrived; its pending question, if any, is already registered.
    /// </summary>
    private void HearAgain(SyncRequest request)
    {
        AuthorityEffects? effects;
        lock (_gate)
        {
            _core.OnSync(_clock.Now, request, _effects);
            effects = TakeEffects();
        }

        Dispatch(effects);
    }

    private void Reply(SessionId session, SyncReply reply)
    {
        TaskCompletionSource<SyncReply?>? answer = null;
        lock (_gate)
        {
            if (_asked.TryGetValue(session, out var asked) && asked.Sequence <= reply.Sequence)
            {
                _asked.Remove(session);
                answer = asked.Answer;
            }
        }

        answer?.TrySetResult(reply);
    }

    private void Refuse(SessionId session, SyncReply refusal)
    {
        TaskCompletionSource<SyncReply?>? answer = null;
        lock (_gate)
        {
            if (_asked.TryGetValue(session, out var asked) && asked.Sequence == refusal.Sequence)
            {
                _asked.Remove(session);
                answer = asked.Answer;
            }
        }

        answer?.TrySetResult(refusal);
    }

    private void CompleteRefreshes(long effective)
    {
        List<TaskCompletionSource> done;
        lock (_gate)
        {
            done = [.. _refreshes.Where(r => r.Version <= effective).Select(r => r.Done)];
            _refreshes.RemoveAll(r => r.Version <= effective);
        }

        foreach (var source in done)
            source.TrySetResult();
    }

    private void GiveUp()
    {
        AuthorityLog.Deposed(_logger, Scope.ToString(), _core.Epoch);
        List<TaskCompletionSource<SyncReply?>> answers;
        List<TaskCompletionSource> refreshes;
        lock (_gate)
        {
            answers = [.. _asked.Values.Select(a => a.Answer)];
            refreshes = [.. _refreshes.Select(r => r.Done)];
            _asked.Clear();
            _refreshes.Clear();
        }

        foreach (var answer in answers)
            answer.TrySetResult(null);
        foreach (var refresh in refreshes)
        {
            refresh.TrySetException(
                new SignalUnavailableException("The authority has moved; repeat the call."));
        }
    }

    /// <summary>A sync of an edge that waits for its answer.</summary>
    private sealed record Question(
        SessionId Session, long Sequence, long SinceMs, TaskCompletionSource<SyncReply?> Answer);
}
