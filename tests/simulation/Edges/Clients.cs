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

    public SimRequest Make(long eventId, RequestKind kind, int key, Charge body, Reservation? reservation = null)
    {
        var request = new SimRequest(eventId, kind, key) { Reservation = reservation, OnAnswer = Answered };
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
        switch (world.Chance.Below(100))
        {
            case < 20:
                return;
            case < 35:
                Step(reservation, RequestKind.Prolong, new Charge(), attempts: 1);
                world.Heap.After(world.Chance.Between(20_000, 2_000_000), () => End(reservation));
                return;
            case < 55:
                Step(reservation, RequestKind.Release, new Charge(), attempts: 1);
                return;
            default:
                Step(reservation, RequestKind.Commit, DrawBody(), attempts: world.Chance.Percent(15) ? 2 : 1);
                return;
        }
    }

    /// <summary>Asks the edge that has the reservation, mostly; repeats what gets no answer at another one.</summary>
    private void Step(Reservation reservation, RequestKind kind, Charge body, int attempts)
    {
        for (; attempts > 0; attempts--)
        {
            var edge = reservation.Edge is { Alive: true } here && world.Chance.Percent(75) ? here : AnyEdge();
            var request = Make(reservation.EndId, kind, reservation.KeyNumber, body, reservation);
            request.LivesMs = world.Chance.Between(100, 1_500);
            if (edge is not null)
                Submit(edge, request);
            world.Heap.After(world.Chance.Between(100_000, 3_000_000), () =>
            {
                if (request.Answer is null && !world.Stopping && AnyEdge() is { } other)
                    Submit(other, Again(reservation.EndId, request));
            });
        }
    }

    private SimRequest Again(long id, SimRequest request)
    {
        var again = Make(id, request.Kind, request.KeyNumber, request.Charge, request.Reservation);
        again.LivesMs = request.LivesMs;
        return again;
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
            var id = request.ChoseId || request.Reservation is not null ? request.EventId : NextEvent();
            if (AnyEdge() is { } edge)
                Submit(edge, Again(id, request));
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
