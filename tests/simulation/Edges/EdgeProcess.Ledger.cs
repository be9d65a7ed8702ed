using Sluice.Metering.Leases.Edge;
using Sluice.Simulation.Storage;

namespace Sluice.Simulation.Edges;

/// <summary>The ledger writer: one batch at a time, in order, all or nothing.</summary>
internal sealed partial class EdgeProcess
{
    private const int BatchMax = 40;

    private readonly List<SimRequest> _unwritten = [];
    private OpenBatch? _open;
    private long _batches;
    private bool _writeScheduled;
    private bool _accountsLag;

    private void Enqueue(SimRequest request)
    {
        _unwritten.Add(request);
        WriteSoon();
    }

    private void WriteSoon()
    {
        if (_writeScheduled || _open is not null || !Alive)
            return;
        _writeScheduled = true;
        Host.After(_world.Chance.Between(0, 2_000), () =>
        {
            _writeScheduled = false;
            if (Alive && _open is null)
                Write();
        });
    }

    private void Write()
    {
        var checkpoint = Core.CheckpointWanted;
        var all = checkpoint || _world.Chance.Percent(10);
        if (_unwritten.Count == 0 && !all)
            return;
        if (checkpoint)
            Core.BeginCheckpoint();
        var requests = _unwritten.Take(BatchMax).ToArray();
        _unwritten.RemoveRange(0, requests.Length);
        var accounts = AccountsOf(requests, all);
        var batch = new LedgerBatch(
            Session,
            ++_batches,
            [.. requests.Select(EntryOf)],
            [.. accounts.Select(c => new AccountBase(KeyOf(c), c.LedgerUsedUnits, c.LedgerExtraUnits))]);
        _world.Trace.Add(checkpoint ? "checkpoint sent" : "batch sent", Session.Value, batch.Number, requests.Length);
        var open = new OpenBatch(batch, requests, accounts, checkpoint);
        _open = open;
        open.Work = _world.Store.Write(Host, batch, answer => OnWritten(open, answer));
    }

    private static LedgerEntry EntryOf(SimRequest request) =>
        new(request.EventId, KindOf(request.Kind), request.Booking)
        {
            HoldId = request.Reservation?.Id ?? request.EventId,
            ExpiresAtMs = request.ExpiresAtMs,
            HoldUses = request is { Kind: RequestKind.Commit, HandedOver: not null } ? request.HoldUses : null,
            Request = request,
        };

    private static EntryKind KindOf(RequestKind kind) => kind switch
    {
        RequestKind.Reserve => EntryKind.Reserve,
        RequestKind.Commit => EntryKind.Commit,
        RequestKind.Release => EntryKind.Release,
        RequestKind.Prolong => EntryKind.Prolong,
        RequestKind.Expire => EntryKind.Expire,
        _ => EntryKind.Usage,
    };

    /// <summary>
    /// Returns the accounts that the batch must bring: if all are demanded, every account that lags; otherwise those
    /// whose limit could be passed unnoticed, by usage beyond rights on a limited counter.
    /// </summary>
    private List<EdgeCounter> AccountsOf(SimRequest[] requests, bool all)
    {
        var accounts = new List<EdgeCounter>();
        if (all)
        {
            foreach (var scope in Core.Scopes)
                accounts.AddRange(scope.Counters().Concat(scope.Retired).Where(c => c.LedgerLags));
        }

        foreach (var request in requests.Where(r => r.Kind != RequestKind.Reserve))
        {
            foreach (ref readonly var take in request.Takes.Items)
            {
                var must = all || (take.ExtraUnits > 0 && take.Counter.Limited);
                if (must && !accounts.Contains(take.Counter))
                    accounts.Add(take.Counter);
            }
        }

        return accounts;
    }

    private void OnWritten(OpenBatch open, StoreAnswer<BatchResult> answer)
    {
        if (!Alive)
            return;
        if (!answer.Known)
        {
            _world.Trace.Add("ledger commit unknown", Session.Value, open.Batch.Number);
            _world.Store.Resolve(Host, Session, open.Batch.Number, found => OnWritten(open, found));
            return;
        }

        var result = answer.Value;
        if (result.Written)
            Land(open, result);
        else if (!result.Fenced)
            Fail(open);
        if (result.Fenced)
        {
            EndFenced();
            return;
        }

        _open = null;
        if (_unwritten.Count > 0 || Core.CheckpointWanted)
            WriteSoon();
    }

    private void Land(OpenBatch open, BatchResult result)
    {
        open.Landed = true;
        for (var i = 0; i < open.Requests.Length; i++)
        {
            if (result.Entries[i] == EntryResult.Written && open.Requests[i].Kind != RequestKind.Reserve)
                RaiseLedgerTotals(open.Requests[i]);
        }

        foreach (var counter in open.Accounts)
            counter.LedgerLags = false;
        _accountsLag = Core.Scopes.Any(s => s.Counters().Concat(s.Retired).Any(c => c.LedgerLags));
        for (var i = 0; i < open.Requests.Length; i++)
            LandOne(open.Requests[i], result.Entries[i]);
        if (open.Checkpoint)
            Step((now, effects) => Core.EndCheckpoint(now, true, effects));
    }

    private static void RaiseLedgerTotals(SimRequest request)
    {
        foreach (ref readonly var take in request.Takes.Items)
        {
            take.Counter.LedgerUsedUnits += take.RightsUnits;
            take.Counter.LedgerExtraUnits += take.ExtraUnits;
            take.Counter.LedgerLags = true;
        }
    }

    private void LandOne(SimRequest request, EntryResult result)
    {
        if (result == EntryResult.HoldMoved)
        {
            FollowHold(request);
            return;
        }

        var repeat = result == EntryResult.Repeat;
        if (repeat)
        {
            _world.Trace.Add("repeat", Session.Value, request.EventId);
            _world.Oracle.Drop(request);
        }

        if (request.Reservation is { } reservation)
        {
            LandOnHold(request, reservation, repeat);
            return;
        }

        if (repeat)
        {
            Step((now, effects) => Core.Refund(now, request.Key, request.Takes, effects));
            Reply(request, RequestAnswer.Duplicate);
            if (request.Kind == RequestKind.Reserve)
                _world.Clients.Reserved(new Reservation(request, null, 0));
            return;
        }

        if (request.Kind == RequestKind.Reserve)
            OpenReservation(request);
        else
            Step((now, effects) => Core.Settle(now, request.Key, request.Takes, effects));
        Reply(request, RequestAnswer.Durable);
    }

    /// <summary>
    /// Handles a batch that was not written. Usage that was answered from memory must be retried; the rest may be
    /// abandoned.
    /// </summary>
    private void Fail(OpenBatch open)
    {
        var retry = _world.Chance.Percent(50);
        var again = new List<SimRequest>();
        foreach (var request in open.Requests)
        {
            if (retry || request.Answer == RequestAnswer.Memory)
                again.Add(request);
            else
                GiveUp(request);
        }

        _unwritten.InsertRange(0, again);
        if (open.Checkpoint)
            Step((now, effects) => Core.EndCheckpoint(now, false, effects));
    }

    private void GiveUp(SimRequest request)
    {
        _world.Oracle.Drop(request);
        if (request is { IsHere: true, Reservation: { } reservation })
            KeepHold(request, reservation);
        else
            Step((now, effects) => Core.Refund(now, request.Key, request.Takes, effects));
        Reply(request, RequestAnswer.Unavailable);
    }

    /// <summary>
    /// Drops promises: the session has been settled from the ledger, so what this process has not written yet can no
    /// longer be promised to anyone, though the process may not know.
    /// </summary>
    public void LosePromises()
    {
        foreach (var request in _unwritten.Concat(_open is { Landed: false } open ? open.Requests : []))
        {
            if (request.Answer != RequestAnswer.Memory && !_world.Store.Tables.InLedger(request.EventId))
                _world.Oracle.Drop(request);
        }
    }

    private void LoseEverything()
    {
        foreach (var request in _unwritten)
            _world.Oracle.Lost(request);
        foreach (var reservation in _reservations)
            reservation.Open = false;
        if (_open is not { Landed: false } open)
            return;
        if (open.Work!.Ended)
            Bury(open);
        else
            open.Work.OnEnd = _ => Bury(open);
    }

    /// <summary>Handles the open batch of a process that has died; the store decides what of it counts.</summary>
    private void Bury(OpenBatch open)
    {
        var result = _world.Store.Tables.Resolve(Session, open.Batch.Number);
        for (var i = 0; i < open.Requests.Length; i++)
        {
            var request = open.Requests[i];
            if (!result.Written)
                _world.Oracle.Lost(request);
            else if (result.Entries[i] != EntryResult.Written)
                _world.Oracle.Drop(request);
        }
    }

    private static CounterKey KeyOf(EdgeCounter counter) => new(counter.Scope.Id, counter.Id);
}
