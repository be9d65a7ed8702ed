using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Oracle;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>Requests: key, admission, answer; and reservations.</summary>
internal sealed partial class EdgeProcess
{
    private readonly Dictionary<int, EdgeKey> _keys = [];
    private readonly HashSet<int> _revoked = [];

    public void Submit(SimRequest request)
    {
        if (!Alive)
            return;
        if (_stopping)
            Reply(request, RequestAnswer.Unavailable);
        else if (request.Reservation is not null)
            SubmitToHold(request);
        else if (_revoked.Contains(request.KeyNumber))
            Reply(request, RequestAnswer.Unauthorized);
        else if (_keys.TryGetValue(request.KeyNumber, out var key))
            Admit(request, key);
        else
            LoadKey(request);
    }

    /// <summary>
    /// Marks a credential as revoked. Loads under way read the store before that, so their result must not count: the
    /// mark stays.
    /// </summary>
    public bool Revoke(int keyNumber)
    {
        if (!Alive)
            return false;
        _revoked.Add(keyNumber);
        Core.RevokeKey(keyNumber);
        Step(Core.Tick);
        return true;
    }

    private EdgeKey MakeKey(int number) => new(
        number, [.. Topology.RouteOf(number).Select(s => Core.Scope(s, _world.Topology.Calendar))]);

    private void LoadKey(SimRequest request)
    {
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.KeyLives(request.KeyNumber), answer =>
        {
            if (!Alive)
                return;
            if (!answer.Known)
            {
                Reply(request, RequestAnswer.Unavailable);
                return;
            }

            if (!answer.Value || _revoked.Contains(request.KeyNumber))
            {
                Reply(request, RequestAnswer.Unauthorized);
                return;
            }

            if (!_keys.TryGetValue(request.KeyNumber, out var key))
            {
                key = MakeKey(request.KeyNumber);
                _keys.Add(request.KeyNumber, key);
                Core.AddKey(key);
            }

            Admit(request, key);
        });
    }

    private void Admit(SimRequest request, EdgeKey key)
    {
        request.Key = key;
        request.HasClientId = request.ChoseId && _world.Bug != PlantedBug.RefusalBeforeLookUp;
        if (_stopping)
        {
            Reply(request, RequestAnswer.Unavailable);
            return;
        }

        request.Mode = request.Kind switch
        {
            RequestKind.Record or RequestKind.Commit => AdmissionMode.Record,
            RequestKind.Check => AdmissionMode.Check,
            _ => AdmissionMode.Consume,
        };
        Step((now, effects) =>
        {
            if (Core.Admit(now, request, effects) != AdmissionOutcome.Waiting)
                Finish(request);
            else
                _world.Trace.Add("waits", Session.Value, request.EventId);
        });
    }

    private void Finish(SimRequest request)
    {
        _world.Trace.Add(OutcomeText(request.Outcome), Session.Value, request.EventId, request.KeyNumber);
        switch (request.Outcome)
        {
            case AdmissionOutcome.Admitted:
                Admitted(request);
                break;
            case AdmissionOutcome.Refused when request.ChoseId && request.Kind != RequestKind.Check:
                LookUp(request);
                break;
            case AdmissionOutcome.Refused:
                _world.Thresholds.Refused(this, request);
                Reply(request, RequestAnswer.Refused);
                break;
            case AdmissionOutcome.Stranded:
                Reply(request, RequestAnswer.Stranded);
                break;
            case AdmissionOutcome.KeyRevoked:
                Reply(request, RequestAnswer.Unauthorized);
                break;
            default:
                Reply(request, RequestAnswer.Unavailable);
                break;
        }
    }

    /// <summary>Looks up the id of a refused request: only one that repeats nothing may fire the limit.</summary>
    private void LookUp(SimRequest request)
    {
        var tables = _world.Store.Tables;
        _world.Store.Execute(Host, () => tables.InLedger(request.EventId), answer =>
        {
            if (!Alive)
                return;
            if (!answer.Known)
            {
                Reply(request, RequestAnswer.Unavailable);
                return;
            }

            if (answer.Value)
            {
                _world.Trace.Add("repeat refused by no limit", Session.Value, request.EventId);
                Reply(request, RequestAnswer.Duplicate);
                return;
            }

            var noted = false;
            Step((now, effects) => noted = Core.NoteRefusal(now, request, effects));
            if (noted)
                _world.Thresholds.Refused(this, request);
            Reply(request, RequestAnswer.Refused);
        });
    }

    private void Admitted(SimRequest request)
    {
        request.AdmittedAtUs = _world.Heap.NowUs;
        request.Booking = Booked(request.Takes);
        UsageOracle.Admitted(this, request);
        if (request.Kind == RequestKind.Check)
        {
            Step((now, effects) => Core.Refund(now, request.Key, request.Takes, effects));
            Reply(request, RequestAnswer.WouldPass);
            return;
        }

        var counted = request.Kind is RequestKind.Consume or RequestKind.Record;
        var memory = request.Memory && counted && Core.AllowsMemory(request.Takes);
        if (request.Kind == RequestKind.Reserve)
        {
            request.LivesMs = _world.Chance.Between(300, SimRequest.LivesMsMax);
            request.ExpiresAtMs = Host.Now.WallMs + request.LivesMs;
        }

        // A commit is booked when it is on disk: until then its hold is.
        if ((memory || !Settled) && request.Kind != RequestKind.Commit)
            _world.Oracle.Book(request);
        if (memory)
            Reply(request, RequestAnswer.Memory);
        Enqueue(request);
    }

    private void Reply(SimRequest request, RequestAnswer answer)
    {
        if (request.Answer is not null)
            return;
        request.Answer = answer;
        _world.Oracle.Told(request);
        request.OnAnswer?.Invoke(request);
    }

    private static BookedTake[] Booked(TakeList takes)
    {
        var booked = new BookedTake[takes.Count];
        for (var i = 0; i < booked.Length; i++)
        {
            var take = takes.Items[i];
            var counter = new CounterKey(take.Counter.Scope.Id, take.Counter.Id);
            booked[i] = new BookedTake(counter, take.RightsUnits, take.ExtraUnits, take.Counter.Limited);
        }

        return booked;
    }

    private static string OutcomeText(AdmissionOutcome outcome) => outcome switch
    {
        AdmissionOutcome.Admitted => "admitted",
        AdmissionOutcome.Refused => "refused",
        AdmissionOutcome.KeyRevoked => "key revoked",
        AdmissionOutcome.Stranded => "stranded",
        AdmissionOutcome.Unreachable => "unreachable",
        AdmissionOutcome.SessionLost => "session lost",
        _ => "overloaded",
    };
}
