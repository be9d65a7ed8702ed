using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Holds;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>
/// Reservations: those that this edge has, and the ends and prolongations of all others, which go through the store.
/// </summary>
internal sealed partial class EdgeProcess
{
    private const int LookUpsMax = 5;

    private readonly List<Reservation> _reservations = [];

    public bool HasReservations => _reservations.Count > 0;

    /// <summary>
    /// Handles the message that another node has written the end of a hold that is here. If it is lost, the hold goes
    /// back at its expiry.
    /// </summary>
    public void OnHoldEnded(long id)
    {
        if (_reservations.Find(r => r.Id == id && r.Open) is not { } ended)
            return;
        _world.Trace.Add("hold ended elsewhere", Session.Value, id);
        LetGo(ended);
    }

    /// <summary>Returns the usage of commits that are being written, in one counter.</summary>
    public long CommittingUnits(CounterKey counter) => (_open?.Requests ?? [])
        .Where(static r => r is { Kind: RequestKind.Commit, IsHere: true })
        .SelectMany(static r => r.Booking)
        .Where(t => t.Counter == counter)
        .Sum(static t => t.Units);

    private void SubmitToHold(SimRequest request)
    {
        var reservation = request.Reservation!;
        request.Key = KeyOf(request);
        if (reservation.Edge != this || !reservation.Open)
        {
            LookUpHold(request);
            return;
        }

        request.IsHere = true;
        switch (request.Kind)
        {
            case RequestKind.Commit:
                CommitHere(request, reservation);
                break;
            case RequestKind.Prolong:
                reservation.Prolonging++;
                request.EventId = reservation.IdOfProlongation(reservation.Prolongations + 1);
                request.ExpiresAtMs = Host.Now.WallMs + request.LivesMs;
                Enqueue(request);
                break;
            default:
                reservation.Open = false;
                Enqueue(request);
                break;
        }
    }

    private void CommitHere(SimRequest request, Reservation reservation)
    {
        reservation.Open = false;
        Step((now, effects) =>
        {
            Core.CommitHold(now, reservation.Hold, request, effects);
            request.Booking = BookedCommit(request, reservation);
        });
        _world.Trace.Add("hold committed", Session.Value, request.EventId);
        request.AdmittedAtUs = _world.Heap.NowUs;
        Enqueue(request);
    }

    /// <summary>Looks up a reservation that is not here, and continues with what is true of it now.</summary>
    private void LookUpHold(SimRequest request)
    {
        var id = request.Reservation!.Id;
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Holds.Find(id), answer =>
        {
            if (!Alive)
                return;
            if (answer is { Known: true, Value: { } found } && !_stopping && request.LookUps++ < LookUpsMax)
                EndElsewhere(request, found);
            else
                Reply(request, RequestAnswer.Unavailable);
        });
    }

    private void EndElsewhere(SimRequest request, HoldView found)
    {
        request.Holder = found.Session;
        request.HandedOver = found.HandedOver;
        switch (request.Kind)
        {
            case RequestKind.Commit:
                Admit(request, request.Key);
                break;
            case RequestKind.Prolong when found.Ended:
                Reply(request, RequestAnswer.Refused);
                break;
            case RequestKind.Prolong:
                request.EventId = request.Reservation!.IdOfProlongation(found.Prolongations + 1);
                request.ExpiresAtMs = Host.Now.WallMs + request.LivesMs;
                Enqueue(request);
                break;
            default:
                Enqueue(request);
                break;
        }
    }

    private void OpenReservation(SimRequest request)
    {
        var reservation = new Reservation(request, this, Host.Now.MonotonicMs + request.LivesMs);
        _reservations.Add(reservation);
        Step((now, effects) => Core.Hold(now, request.Key, request.Takes, effects));
        _world.Clients.Reserved(reservation);
    }

    /// <summary>Writes the expiry of holds that are due; each stays held until that is on disk.</summary>
    private void ExpireReservations()
    {
        var nowMs = Host.Now.MonotonicMs;
        foreach (var due in _reservations.ToArray())
        {
            if (!due.Open || due.Prolonging > 0 || due.ExpiresAtMs > nowMs)
                continue;
            if (_world.Bug == PlantedBug.HoldFreedBeforeItsEnd)
            {
                LetGo(due);
                continue;
            }

            due.Open = false;
            Enqueue(new SimRequest(
                due.IdOfProlongation(due.Prolongations + 1), RequestKind.Expire, due.KeyNumber)
            {
                Key = due.Key,
                Reservation = due,
                IsHere = true,
            });
        }
    }

    /// <summary>Handles what ends or prolongs a reservation, once the batch is on disk.</summary>
    private void LandOnHold(SimRequest request, Reservation reservation, bool repeat)
    {
        switch (request.Kind)
        {
            case RequestKind.Commit:
                if (repeat)
                    Step((now, effects) => Core.Refund(now, request.Key, request.Takes, effects));
                else
                    Step((now, effects) => Core.Settle(now, request.Key, request.Takes, effects));
                if (request.IsHere)
                    _reservations.Remove(reservation);
                break;
            case RequestKind.Expire when repeat:
                FollowProlongation(reservation);
                return;
            case RequestKind.Prolong:
                if (request.IsHere)
                    LandProlongation(request, reservation, repeat);
                break;
            default:
                _world.Trace.Add(request.Kind == RequestKind.Expire ? "hold expired" : "hold released", Session.Value);
                if (request.IsHere)
                    LetGo(reservation);
                break;
        }

        if (request.Kind == RequestKind.Expire)
            return;
        if (!repeat && request is { IsHere: false, HandedOver: null } and not { Kind: RequestKind.Prolong })
            _world.Edges.Send(Host, request.Holder, edge => edge.OnHoldEnded(reservation.Id));
        Reply(request, repeat ? RequestAnswer.Duplicate : RequestAnswer.Durable);
    }

    private static void LandProlongation(SimRequest request, Reservation reservation, bool repeat)
    {
        // If another node has written this number, its expiry is found when this one is due.
        reservation.Prolonging--;
        reservation.Prolongations++;
        if (!repeat)
            reservation.ExpiresAtMs += request.LivesMs;
    }

    private void LetGo(Reservation reservation)
    {
        reservation.Open = false;
        _reservations.Remove(reservation);
        Step((now, effects) => Core.Release(now, reservation.Key, reservation.Hold, effects));
    }

    /// <summary>Keeps a hold that has not expired, because another node has prolonged it.</summary>
    private void FollowProlongation(Reservation reservation)
    {
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.Holds.Find(reservation.Id), answer =>
        {
            if (!Alive || !_reservations.Contains(reservation))
                return;
            if (answer is not { Known: true, Value: { } found })
            {
                Host.After(20_000, () => FollowProlongation(reservation));
                return;
            }

            _world.Trace.Add("hold prolonged elsewhere", Session.Value, reservation.Id);
            reservation.Prolongations = found.Prolongations;
            reservation.ExpiresAtMs =
                Host.Now.MonotonicMs + Math.Clamp(found.ExpiresAtMs - Host.Now.WallMs, 0, SimRequest.LivesMsMax);
            reservation.Open = !found.Ended;
            if (found.Ended)
                LetGo(reservation);
        });
    }

    /// <summary>Handles an entry that was not written because its hold is elsewhere by now.</summary>
    private void FollowHold(SimRequest request)
    {
        _world.Trace.Add("hold moved", Session.Value, request.EventId);
        if (request.IsHere)
        {
            GiveUp(request);
            return;
        }

        if (request.Kind == RequestKind.Commit)
            Step((now, effects) => Core.Refund(now, request.Key, request.Takes, effects));
        LookUpHold(request);
    }

    /// <summary>Continues with a reservation whose end, or prolongation, could not be written.</summary>
    private void KeepHold(SimRequest request, Reservation reservation)
    {
        if (request.Kind == RequestKind.Prolong)
        {
            reservation.Prolonging--;
            return;
        }

        if (request.Kind == RequestKind.Commit)
        {
            _world.Trace.Add("hold restored", Session.Value, request.EventId);
            Step((now, effects) => Core.RestoreHold(now, reservation.Hold, request, effects));
        }

        reservation.Open = true;
    }

    /// <summary>What was begun may end: it counts although its key has ended, at any edge.</summary>
    private EdgeKey KeyOf(SimRequest request)
    {
        request.OutlivesKey = true;
        return _keys.TryGetValue(request.KeyNumber, out var key) ? key : MakeKey(request.KeyNumber);
    }

    /// <summary>
    /// Copies the takes of a commit: what was held stays what it was, and only what is beyond it may be overage.
    /// </summary>
    private static BookedTake[] BookedCommit(SimRequest request, Reservation reservation)
    {
        var booked = new List<BookedTake>();
        foreach (var take in Booked(request.Takes))
        {
            var held = reservation.Hold.Items.ToArray()
                .FirstOrDefault(h => new CounterKey(h.Counter.Scope.Id, h.Counter.Id) == take.Counter);
            var (rights, extra, _) = HoldLine.Split(held.RightsUnits, held.ExtraUnits, take.Units);
            booked.Add(take with { RightsUnits = rights, ExtraUnits = extra, Limited = false });
            booked.Add(take with { RightsUnits = take.RightsUnits - rights, ExtraUnits = take.ExtraUnits - extra });
        }

        return [.. booked];
    }
}
