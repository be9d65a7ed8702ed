using Sluice.Engine.Events;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    /// <summary>Whether there is room for another reservation.</summary>
    public bool CanReserve
    {
        get
        {
            lock (_gate)
                return !_reservations.Full;
        }
    }

    /// <summary>Finds a reservation that this edge holds; null if it holds none with that id.</summary>
    public Reservation? FindReservation(Guid reservationId, long keyId)
    {
        lock (_gate)
            return _reservations.Find(reservationId, keyId);
    }

    /// <summary>
    /// Commits a reservation that is held here: its hold turns into usage. Returns false if it is not held here (it
    /// expired, was made at another edge, or is ending already), or if the commit does not outlive its key, which has
    /// ended; the usage must then be submitted as any other.
    /// </summary>
    /// <param name="usage">The commit, with the actual usage.</param>
    /// <param name="reservationId">The id of the reservation's ledger entry.</param>
    public bool TryCommit(UsageEvent usage, Guid reservationId)
    {
        EdgeEffects? effects;
        lock (_gate)
        {
            if (!Accepting || _reservations.Find(reservationId, usage.Caller.KeyId) is not { } reservation)
                return false;
            // A revocation that has returned was noted under this lock.
            if (!usage.Caller.Live && !usage.OutlivesKey)
                return false;
            usage.Key = usage.Caller;
            usage.Memory = false;
            _core.CommitHold(_clock.Now, reservation.Hold, usage, _effects);
            effects = TakeEffects();
            if (usage.Outcome == AdmissionOutcome.Admitted)
            {
                reservation.Ending = true;
                usage.Reservation = reservation;
            }
        }

        OnAdmissionCompleted(usage);
        Dispatch(effects);
        return true;
    }

    /// <summary>
    /// Writes the end of a reservation without usage; a hold kept here is refunded once that is on disk.
    /// </summary>
    public void SubmitRelease(UsageEvent usage, Guid reservationId)
    {
        usage.Key = usage.Caller;
        usage.Takes.Reset();
        lock (_gate)
        {
            usage.Reservation = _reservations.Find(reservationId, usage.Caller.KeyId);
            if (usage.Reservation is { } held)
                held.Ending = true;
        }

        usage.Entry.Day = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Day.Key.Value;
        usage.Entry.Month = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Month.Key.Value;
        if (Accepting && _ledger.TryEnqueue(usage))
            return;
        GiveUp(usage, UsageVerdict.Unavailable);
    }

    private void ExpireReservations()
    {
        var now = _clock.Now;
        while (_reservations.TakeExpired(now.WallMs) is { } expired)
            _core.Release(now, expired.Key, expired.Hold, _effects);
    }
}
