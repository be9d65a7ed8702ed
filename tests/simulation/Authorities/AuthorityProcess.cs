using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Authorities;

/// <summary>One activation of one authority: the shell around an <see cref="AuthorityCore"/>, as in a grain.</summary>
internal sealed class AuthorityProcess
{
    private const long TickUs = 25_000;
    private const long HoldTickUs = LeaseBounds.HoldReadMs * 1_000L;
    private const long SilenceMs = 700;

    private readonly World _world;
    private readonly AuthorityEffects _effects = new();
    private readonly DeltaReceiver _deltas = new();
    private readonly Dictionary<SessionId, long> _heardAtMs = [];
    private readonly HashSet<(SessionId Session, long Sequence)> _forged = [];
    private bool _ticking;
    private bool _reading;

    public AuthorityProcess(World world, Node host, AuthoritySnapshot snapshot)
    {
        _world = world;
        Host = host;
        Core = new AuthorityCore(snapshot);
        world.Invariants.Activated(this);
        TickWhileWanted();
    }

    public Node Host { get; }

    public AuthorityCore Core { get; }

    public bool Alive { get; private set; } = true;

    public void OnSync(SyncRequest sync)
    {
        _heardAtMs[sync.Session] = Host.Now.WallMs;
        var heard = _world.Bug == PlantedBug.ReportsAsDeltas ? _deltas.Decode(sync) : sync;
        Step((now, effects) => Core.OnSync(now, heard, effects));
    }

    /// <summary>Handles a sync that its session did not send; the answer goes to the sender.</summary>
    public void OnForgedSync(SyncRequest sync)
    {
        _forged.Add((sync.Session, sync.Sequence));
        Step((now, effects) => Core.OnSync(now, sync, effects));
    }

    public void OnLimits(LimitSet limits) => Step((now, effects) => Core.OnLimits(now, limits, effects));

    public void OnSessionStarted(SessionId session) =>
        Step((now, effects) => Core.OnSessionStarted(now, session, effects));

    public void OnSessionSettled(
        SessionId session, IReadOnlyList<SettledSnapshot> left, IReadOnlyList<HandedOverSnapshot> handedOver) =>
        Step((now, effects) => Core.OnSessionSettled(now, session, left, handedOver, effects));

    public void Stop(string why)
    {
        if (!Alive)
            return;
        Alive = false;
        _world.Trace.Add(why, (long)Core.Scope.Kind, Core.Scope.Value, Core.Epoch);
    }

    private void Step(Action<CoreInstant, AuthorityEffects> act)
    {
        if (!Alive)
            return;
        act(Host.Now, _effects);
        _world.Invariants.AfterAuthorityStep(this, _effects);
        foreach (var batch in _effects.Persists)
            Persist(batch);
        foreach (var (session, reply) in _effects.Replies)
            SendReply(session, reply);
        foreach (var (session, refusal) in _effects.Refusals)
            SendReply(session, refusal);
        foreach (var (session, recall) in _effects.Recalls)
        {
            _world.Trace.Add("recall", session.Value, recall.Number);
            _world.Edges.Send(Host, session, edge => edge.OnRecall(recall));
        }

        foreach (var (session, push) in _effects.Pushes)
            _world.Edges.Send(Host, session, edge => edge.OnLimits(push));
        foreach (var version in _effects.Effective)
            _world.Limits.Effective(Core.Scope, version);
        foreach (var session in _effects.UnknownSessions)
            AskAbout(session);
        foreach (var number in _effects.HoldReads)
            ReadHolds(number);
        var deposed = _effects.Deposed;
        _effects.Clear();
        if (deposed)
            Stop("authority found itself deposed");
        TickWhileWanted();
    }

    private void SendReply(SessionId session, SyncReply reply)
    {
        var answered = reply.Outcome == SyncOutcome.Answered;
        if (_forged.Contains((session, reply.Sequence)))
        {
            _world.Trace.Add(answered ? "forged sync answered" : "forged sync refused", session.Value, reply.Sequence);
            return;
        }

        foreach (var line in reply.Lines)
        {
            if (line.Verdict == LeaseVerdict.Exhausted)
                _world.Trace.Add("said exhausted", session.Value);
            else if (line.Verdict == LeaseVerdict.Stranded)
                _world.Trace.Add("said stranded", session.Value);
        }

        _world.Edges.Send(Host, session, edge => edge.OnReply(reply));
    }

    private void AskAbout(SessionId session)
    {
        _world.Trace.Add("stranger", session.Value);
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Lives(session), answer =>
        {
            if (answer is { Known: true, Value: true })
                OnSessionStarted(session);
        });
    }

    private void ReadHolds(long number)
    {
        _world.Trace.Add("holds read", Core.Scope.Value, number);
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Holds.Read(Core.Scope), answer =>
        {
            if (answer.Known)
                Step((now, effects) => Core.OnHoldsRead(now, number, answer.Value, effects));
        });
    }

    private void Persist(PersistBatch batch)
    {
        _world.Trace.Add("persist", Core.Scope.Value, batch.Epoch, batch.Number);
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Persist(batch), answer =>
        {
            if (_world.Bug != PlantedBug.GrantBeforePersist)
                Persisted(batch, answer);
        });
        if (_world.Bug == PlantedBug.GrantBeforePersist)
        {
            var told = new StoreAnswer<PersistResult>(true, new PersistResult(PersistOutcome.Done, []));
            Host.After(1, () => Persisted(batch, told));
        }
    }

    private void Persisted(PersistBatch batch, StoreAnswer<PersistResult> answer)
    {
        if (!answer.Known)
            _world.Trace.Add("persist unknown", Core.Scope.Value, batch.Number);
        var outcome = answer.Known ? answer.Value.Outcome : PersistOutcome.Unknown;
        var leftOut = answer.Known ? answer.Value.LeftOut : [];
        Step((now, effects) => Core.OnPersisted(now, batch.Number, outcome, leftOut, effects));
    }

    private void TickWhileWanted()
    {
        if (!_reading && Alive && Core.WantsHoldReads)
        {
            _reading = true;
            Host.After(HoldTickUs, () =>
            {
                _reading = false;
                Step(Core.Tick);
            });
        }

        if (_ticking || !Alive || !(Core.WantsTick || _world.Bug == PlantedBug.ExpiryByWallClock))
            return;
        _ticking = true;
        Host.After(TickUs, () =>
        {
            _ticking = false;
            if (_world.Bug == PlantedBug.ExpiryByWallClock)
                ReclaimSilent();
            Step(Core.Tick);
        });
    }

    private void ReclaimSilent()
    {
        foreach (var (session, heard) in _heardAtMs.ToArray())
        {
            if (Host.Now.WallMs - heard < SilenceMs)
                continue;
            _heardAtMs.Remove(session);
            _world.Trace.Add("silent session reclaimed", session.Value);
            var left = Core.Counters.Select(c => new SettledSnapshot(
                c.Id, _world.Store.Tables.LedgerOf(session, new CounterKey(Core.Scope, c.Id)).Units, 0));
            OnSessionSettled(session, [.. left], []);
        }
    }
}
