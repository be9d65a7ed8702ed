using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Edges;

/// <summary>
/// One start of one API process: the shell around an <see cref="EdgeCore"/>, as in the engine. This file holds the
/// session and the messages; requests and the ledger writer are in other files.
/// </summary>
internal sealed partial class EdgeProcess
{
    private const long TickUs = 20_000;
    private const long BeatUs = 500_000;
    private const long TickRelaxedUs = 250_000;
    private const int ForgetEvery = 16;

    private readonly World _world;
    private readonly EdgeEffects _effects = new();
    private readonly DeltaSender _deltas = new();
    private readonly RightsCarrier _carrier = new();
    private readonly Dictionary<EdgeScope, (bool Attached, int Retired)> _noted = [];
    private bool _draining;
    private bool _stopping;
    private long _ticks;

    public EdgeProcess(World world, Node host, SessionId session, CoreInstant askedAt)
    {
        _world = world;
        Host = host;
        Core = new EdgeCore(session, askedAt);
        Tick();
        Beat();
    }

    public Node Host { get; }

    public EdgeCore Core { get; }

    public SessionId Session => Core.Session;

    /// <summary>Whether it is alive: false once it has crashed, or has ended itself because of a fence.</summary>
    public bool Alive { get; private set; } = true;

    private bool Settled => _world.Store.Tables.Session(Session).Settled;

    public void OnReply(SyncReply reply)
    {
        var before = Core.FindScope(reply.Scope)?.Sequence;
        Step((now, effects) => Core.OnReply(now, reply, effects));
        if (reply.Outcome == SyncOutcome.Overtaken && Core.FindScope(reply.Scope)?.Sequence > before)
            _world.Trace.Add("sequence continued", Session.Value, reply.KnownSequence);
    }

    public void OnUnanswered(SyncRequest sync) =>
        Step((now, _) => Core.OnUnanswered(now, sync.Scope, sync.Sequence));

    public void OnRecall(Recall recall) => Step((now, effects) => Core.OnRecall(now, recall, effects));

    public void OnLimits(LimitsPush push) => Step((now, effects) => Core.OnLimits(now, push, effects));

    /// <summary>Ends the process. The store decides the fate of its open batch.</summary>
    public void Crash(string why)
    {
        if (!Alive)
            return;
        Alive = false;
        _world.Trace.Add(why, Session.Value);
        LoseEverything();
        _world.Edges.Restart(this);
    }

    /// <summary>
    /// Ends the process as an update does: admits nothing more, writes everything, and closes its session, whose open
    /// holds are then handed over.
    /// </summary>
    public void Stop()
    {
        if (!Alive || _stopping)
            return;
        _world.Trace.Add("edge stopping", Session.Value);
        _stopping = true;
        CloseWhenWritten();
    }

    private void CloseWhenWritten()
    {
        if (!Alive)
            return;
        if (_unwritten.Count > 0 || _open is not null || Core.Waiting > 0)
        {
            Host.After(5_000, CloseWhenWritten);
            return;
        }

        _world.Store.Close(Host, Session, answer =>
        {
            if (!Alive)
                return;
            if (answer.Known)
                _world.Watch.Closed(Session);
            Crash(answer.Known ? "edge stopped" : "edge crashed while stopping");
        });
    }

    /// <summary>Makes one call into the core, then everything it asked for, then checks the invariants.</summary>
    private void Step(Action<CoreInstant, EdgeEffects> act)
    {
        if (!Alive)
            return;
        var now = Host.Now;
        if (_world.Bug == PlantedBug.RightsAcrossPeriods)
            _carrier.Carry(Core, now);
        act(now, _effects);
        if (_draining)
            return;
        _draining = true;
        for (var i = 0; i < _effects.Resolved.Count; i++)
            Finish((SimRequest)_effects.Resolved[i]);
        foreach (var sync in _effects.Syncs)
            Send(sync);
        var write = _effects.CheckpointWanted;
        _effects.Clear();
        _draining = false;
        _world.Invariants.AfterEdgeStep(this);
        if (write)
            WriteSoon();
    }

    private void Send(SyncRequest sync)
    {
        var sent = _world.Bug == PlantedBug.ReportsAsDeltas ? _deltas.Encode(sync) : sync;
        _world.Authorities.Deliver(this, sent);
    }

    private void Tick()
    {
        if (!Alive)
            return;
        Step(Core.Tick);
        NoteChanges();
        if (!_stopping)
            ExpireReservations();
        if (_ticks++ % ForgetEvery == 0)
            Step(Core.ForgetQuietScopes);
        if (Core.CheckpointWanted || _accountsLag)
            WriteSoon();
        Host.After(_world.Relaxed ? TickRelaxedUs : TickUs, Tick);
    }

    /// <summary>Records that these things happened at all.</summary>
    private void NoteChanges()
    {
        foreach (var scope in Core.Scopes)
        {
            var before = _noted.GetValueOrDefault(scope);
            if (scope.Retired.Count > before.Retired)
                _world.Trace.Add("period turned over", Session.Value, scope.Id.Value);
            if (before.Attached && !scope.Attached)
                _world.Trace.Add("scope forgotten", Session.Value, scope.Id.Value);
            _noted[scope] = (scope.Attached, scope.Retired.Count);
        }
    }

    private void Beat()
    {
        if (!Alive)
            return;
        var sentAtMs = Host.Now.MonotonicMs;
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Beat(Session, _world.Heap.NowUs), answer =>
        {
            if (!Alive || !answer.Known)
                return;
            if (answer.Value)
                Core.OnBeatAnswered(sentAtMs);
            else
                EndFenced();
        });
        Host.After(BeatUs, Beat);
    }

    private void EndFenced()
    {
        if (!Alive)
            return;
        Core.OnFenced();
        Step(Core.Tick);
        Crash("edge found itself fenced");
    }
}
