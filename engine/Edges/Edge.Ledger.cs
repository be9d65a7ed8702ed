using Sluice.Engine.Events;
using Sluice.Engine.Ledger;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    /// <summary>Marks the batch being built as carrying a full checkpoint.</summary>
    void IBatchOwner.BeginCheckpoint()
    {
        lock (_gate)
        {
            _checkpointWanted = false;
            _core.BeginCheckpoint();
        }
    }

    long IBatchOwner.HoldsFrom(long batch)
    {
        lock (_gate)
            return _reservations.FirstBatch ?? batch;
    }

    /// <summary>
    /// Completes a batch that is on disk: takes become usage, repeats are refunded, and every event is answered.
    /// </summary>
    void IBatchOwner.OnWritten(LedgerBatch batch, long number, bool checkpoint)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            var now = _clock.Now;
            foreach (var usage in batch.Written)
                Settle(usage, number, now);
            foreach (var usage in batch.Others)
            {
                if (usage.LookUpOnly)
                    EndLookUp(usage, now);
                else
                    UndoTakes(usage);
            }

            if (checkpoint)
                _core.EndCheckpoint(now, onDisk: true, _effects);
            foreach (var usage in batch.Events)
            {
                // An event answered from memory already has its readings, and its caller may be reading them now.
                if (usage is { Answered: false, LookUpOnly: false, Memory: false })
                    LimitReader.Read(usage, now.WallMs);
            }

            effects = TakeEffects();
        }

        TellHolders(batch.Written);
        AnswerChunk.Queue(batch.Events);
        Dispatch(effects);
    }

    /// <summary>
    /// Tells the nodes that have the holds which were ended here, before the callers have their answers.
    /// </summary>
    private void TellHolders(List<UsageEvent> written)
    {
        foreach (var usage in written)
        {
            if (usage.Entry is { Elsewhere: { HandedOver: false } held, Kind: not EntryKind.Prolong })
                Others?.Find(held.Session)?.OnHoldEnded(held.Reservation);
        }
    }

    /// <summary>Refunds the takes of events that are certainly not on disk.</summary>
    void IBatchOwner.OnFailed(List<UsageEvent> events, bool checkpoint)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            foreach (var usage in events)
            {
                if (!usage.LookUpOnly)
                    UndoTakes(usage);
            }

            if (checkpoint)
                _core.EndCheckpoint(_clock.Now, onDisk: false, _effects);
            effects = TakeEffects();
        }

        foreach (var usage in events)
        {
            if (!usage.Answered)
                usage.Verdict = UsageVerdict.Unavailable;
        }

        AnswerChunk.Queue(events);
        Dispatch(effects);
    }

    void IBatchOwner.OnFenced() => OnFenced();

    /// <summary>Stops the edge because another node has fenced its session.</summary>
    private void OnFenced()
    {
        lock (_gate)
            _core.OnFenced();
        EdgeLog.Fenced(_logger, Session.Value);
    }

    /// <summary>
    /// Ends the lookup of an event that admission has refused. Only now is it known to be no repeat, so only now may
    /// the refusal fire its limit.
    /// </summary>
    private void EndLookUp(UsageEvent usage, CoreInstant now)
    {
        if (usage.Verdict == UsageVerdict.Refused)
            _core.NoteRefusal(now, usage, _effects);
        else
            usage.Refusal = null;
    }

    private void Settle(UsageEvent usage, long batch, CoreInstant now)
    {
        if (usage.Entry.Elsewhere is { HandedOver: true } ended)
            EdgeCore.OnHandedOverEnded(usage.Key, ended.Uses);
        switch (usage.Entry.Kind)
        {
            case EntryKind.Reserve:
                Held(usage, batch, now);
                break;
            case EntryKind.Release or EntryKind.Expire:
                if (usage.Reservation is { } released)
                    _core.Release(now, released.Key, released.Hold, _effects);
                Forget(usage);
                break;
            case EntryKind.Prolong:
                Prolonged(usage);
                break;
            default:
                _core.Settle(now, usage.Key, usage.Takes, _effects);
                Forget(usage);
                break;
        }
    }

    /// <summary>
    /// Undoes takes without counting usage. A reservation whose end was not written, or was a repeat, stays open.
    /// </summary>
    private void UndoTakes(UsageEvent usage)
    {
        var now = _clock.Now;
        var ended = usage.Duplicate || usage.Verdict is UsageVerdict.AlreadyCommitted or UsageVerdict.AlreadyReleased;
        switch (usage.Entry.Kind)
        {
            case EntryKind.Expire when usage.Verdict == UsageVerdict.IdConflict:
                // Another node has prolonged it.
                ReservationBook.Prolong(usage.Reservation!, usage.ExpiresAtMs);
                break;
            case EntryKind.Release or EntryKind.Expire:
                if (usage.Reservation is { } kept && ended)
                    _core.Release(now, kept.Key, kept.Hold, _effects);
                break;
            case EntryKind.Prolong:
                // It has taken nothing, and its reservation stays open.
                if (usage.Reservation is { } prolonged)
                    prolonged.Prolonging--;
                return;
            case EntryKind.Commit when usage.Reservation is { } reservation && !ended:
                _core.RestoreHold(now, reservation.Hold, usage, _effects);
                break;
            default:
                _core.Refund(now, usage.Key, usage.Takes, _effects);
                break;
        }

        if (usage.Reservation is not { } open)
            return;
        open.Ending = false;
        if (ended)
            Forget(usage);
    }

    private void Held(UsageEvent usage, long batch, CoreInstant now)
    {
        _core.Hold(now, usage.Key, usage.Takes, _effects);
        var reservation = new Reservation
        {
            EventKey = usage.Entry.Key,
            Text = usage.Entry.EventId,
            Batch = batch,
            Key = usage.Caller,
            ExpiresAtMs = usage.Entry.ExpiresAtMs,
            AdmittedAtMs = usage.Entry.AdmittedAtMs,
            Model = usage.Entry.Model,
            Member = usage.Entry.Member,
        };
        usage.Takes.CopyTo(reservation.Hold);
        _reservations.Add(reservation);
    }

    private void Forget(UsageEvent usage)
    {
        if (usage.Reservation is { } ended)
            _reservations.Remove(ended);
    }
}
