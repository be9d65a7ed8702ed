using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Metrics;
using Sluice.Simulation.Runs;

namespace Sluice.Simulation.Edges;

/// <summary>
/// The callers: they consume, record, check, reserve and commit at any edge; repeat ids, and retry elsewhere when they
/// get no answer.
/// </summary>
internal sealed class Clients(World world)
{
    private const int RecentMax = 50;

    private readonly List<SimRequest> _recent = [];
    private readonly List<(EdgeProcess Edge, SimRequest Request)> _sent = [];
    private long _lastEvent;
    private bool _stopped;

    public IReadOnlyList<(EdgeProcess Edge, SimRequest Request)> Sent => _sent;

    public void Start(long everyUs)
    {
        if (_stopped)
            return;
        if (!world.Relaxed)
            SendOne();
        world.Heap.After(world.Chance.Around(everyUs), () => Start(everyUs));
    }

    /// <summary>Stops new requests; those under way continue.</summary>
    public void Stop() => _stopped = true;

    public SimRequest Make(long eventId, RequestKind kind, int key, Charge body, Reservation? commits = null)
    {
        var request = new SimRequest(eventId, kind, key) { Commits = commits, OnAnswer = Answered };
        body.CopyTo(request.Charge);
        return request;
    }

    public long NextEvent() => ++_lastEvent;

    public void Submit(EdgeProcess edge, SimRequest request)
    {
        _sent.Add((edge, request));
        edge.Host.Run(() => edge.Submit(request));
    }

    /// <summary>Called when a reservation is on disk: its client ends it later, or forgets it.</summary>
    public void Reserved(Reservation reservation) =>
        world.Heap.After(world.Chance.Between(20_000, 900_000), () => End(reservation));

    private void End(Reservation reservation)
    {
        if (world.Chance.Percent(25))
            return;
        if (world.Chance.Percent(25))
        {
            reservation.Edge.Host.Run(() => reservation.Edge.Release(reservation));
            return;
        }

        var body = DrawBody();
        for (var attempts = world.Chance.Percent(15) ? 2 : 1; attempts > 0; attempts--)
        {
            var edge = reservation.Edge.Alive && world.Chance.Percent(85) ? reservation.Edge : AnyEdge();
            if (edge is not null)
                Submit(edge, Make(reservation.CommitId, RequestKind.Commit, reservation.KeyNumber, body, reservation));
        }
    }

    private void SendOne()
    {
        if (AnyEdge() is not { } edge)
            return;
        if (_recent.Count > 0 && world.Chance.Percent(8))
        {
            var old = world.Chance.Pick(_recent);
            Submit(edge, Make(old.EventId, old.Kind, old.KeyNumber, old.Charge));
            return;
        }

        var key = (int)world.Chance.Between(1, Topology.Keys);
        var request = Make(NextEvent(), DrawKind(), key, DrawBody());
        request.Memory = world.Chance.Percent(35);
        if (request.Kind is RequestKind.Consume or RequestKind.Record && request.ChoseId)
            Remember(request);
        Submit(edge, request);
    }

    private void Answered(SimRequest request)
    {
        if (request.Answer != RequestAnswer.Unavailable || !world.Chance.Percent(50) || world.Stopping)
            return;
        world.Heap.After(world.Chance.Between(1_000, 200_000), () =>
        {
            // Without an id of its own, a second attempt is another event.
            var id = request.ChoseId || request.Commits is not null ? request.EventId : NextEvent();
            if (AnyEdge() is { } edge)
                Submit(edge, Make(id, request.Kind, request.KeyNumber, request.Charge, request.Commits));
        });
    }

    private void Remember(SimRequest request)
    {
        if (_recent.Count == RecentMax)
            _recent.RemoveAt(0);
        _recent.Add(request);
    }

    private EdgeProcess? AnyEdge() => world.Edges.On(world.Chance.Pick(world.Edges.Hosts));

    private RequestKind DrawKind() => world.Chance.Below(100) switch
    {
        < 62 => RequestKind.Consume,
        < 74 => RequestKind.Record,
        < 80 => RequestKind.Check,
        _ => RequestKind.Reserve,
    };

    private Charge DrawBody()
    {
        var body = new Charge();
        body.Add(MetricId.Requests, 1);
        if (world.Chance.Percent(80))
            body.Add(MetricId.TextTokens, world.Chance.Between(0, 20));
        if (world.Chance.Percent(60))
            body.Add(MetricId.Amount, world.Chance.Percent(20) ? 0 : world.Chance.Between(1, 10));
        return body;
    }
}
