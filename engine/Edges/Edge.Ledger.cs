using Sluice.Engine.Ledger;
using Sluice.Engine.Metering;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    /// <summary>The batch that is being built carries a full checkpoint.</summary>
    internal void BeginCheckpoint()
    {
        lock (_gate)
        {
            _checkpointWanted = false;
            _core.BeginCheckpoint();
        }
    }

    /// <summary>A batch is on disk: takes become usage, repeats give theirs back, everybody gets an answer.</summary>
    internal void OnWritten(LedgerBatch batch, bool checkpoint)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            var now = _clock.Now;
            foreach (var usage in batch.Written)
                Settle(usage, now);
            foreach (var usage in batch.Others)
            {
                if (!usage.LookUpOnly)
                    UndoTakes(usage);
            }

            if (checkpoint)
                _core.EndCheckpoint(now, onDisk: true, _effects);
            foreach (var usage in batch.Events)
            {
                // One that is answered from memory has its readings; its caller may be reading them now.
                if (usage is { Answered: false, LookUpOnly: false, Memory: false })
                    LimitReader.Read(usage, now.WallMs);
            }

            effects = TakeEffects();
        }

        AnswerChunk.Queue(batch.Events);
        Carry(effects);
    }

    /// <summary>Events are certainly not on disk: what they took is given back.</summary>
    internal void OnFailed(List<UsageEvent> events, bool checkpoint)
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
        Carry(effects);
    }

    /// <summary>Another node has ended this session.</summary>
    internal void OnFenced()
    {
        lock (_gate)
            _core.OnFenced();
        EdgeLog.Fenced(_logger, Session.Value);
    }

    private void Settle(UsageEvent usage, CoreInstant now)
    {
        switch (usage.Entry.Kind)
        {
            case EntryKind.Reserve:
                Held(usage, now);
                break;
            case EntryKind.Release:
                if (usage.Reservation is { } released)
                    _core.Release(now, released.Key, released.Hold, _effects);
                Forget(usage);
                break;
            default:
                _core.Settle(now, usage.Key, usage.Takes, _effects);
                Forget(usage);
                break;
        }
    }

    /// <summary>Ends takes without usage. A reservation whose end was unwritten, or a repeat, stands again.</summary>
    private void UndoTakes(UsageEvent usage)
    {
        var now = _clock.Now;
        var ended = usage.Duplicate || usage.Verdict is UsageVerdict.AlreadyCommitted or UsageVerdict.AlreadyReleased;
        switch (usage.Entry.Kind)
        {
            case EntryKind.Release:
                if (usage.Reservation is { } kept && ended)
                    _core.Release(now, kept.Key, kept.Hold, _effects);
                break;
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

    private void Held(UsageEvent usage, CoreInstant now)
    {
        _core.Hold(now, usage.Key, usage.Takes, _effects);
        var reservation = new Reservation
        {
            Id = usage.Entry.Id,
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
