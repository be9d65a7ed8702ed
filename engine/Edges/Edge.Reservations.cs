using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Engine.Edges;

public sealed partial class Edge
{
    /// <summary>The most expired reservations whose ends are written at once.</summary>
    private const int ExpiredMax = 1_000;

    /// <summary>
    /// How long before its expiry a hold of another node can still be prolonged: clocks differ, and writing takes time.
    /// </summary>
    private const long ProlongAheadMs = 5_000;

    /// <summary>
    /// Returns why there is no room for another reservation of a key; <see cref="UsageVerdict.Undecided"/> if there is.
    /// </summary>
    public UsageVerdict RoomFor(CachedKey key)
    {
        lock (_gate)
        {
            return _reservations.IsFullFor(key) ? UsageVerdict.TooManyReservations
                : _reservations.Full ? UsageVerdict.Overloaded
                : UsageVerdict.Undecided;
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
    /// ended; the usage must then be submitted as any other, with what the ledger has of the reservation.
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
            usage.Entry.Elsewhere = null;
            usage.HandedOver = null;
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
            {
                held.Ending = true;
                usage.Entry.Elsewhere = null;
            }
        }

        usage.Entry.Day = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Day.Key.Value;
        usage.Entry.Month = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Month.Key.Value;
        if (Accepting && _ledger.TryEnqueue(usage))
            return;
        GiveUp(usage, UsageVerdict.Unavailable);
    }

    /// <summary>Writes a later expiry of a reservation, wherever its hold is.</summary>
    /// <param name="usage">The entry; its id names the reservation and the number of the prolongation.</param>
    /// <param name="expiresAtMs">When the hold goes back without it.</param>
    public void SubmitProlongation(UsageEvent usage, long expiresAtMs)
    {
        usage.Key = usage.Caller;
        usage.Takes.Reset();
        usage.Entry.Day = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Day.Key.Value;
        usage.Entry.Month = usage.Caller.PeriodsAt(usage.Entry.AdmittedAtMs).Month.Key.Value;
        var refusal = Refusal();
        if (refusal == UsageVerdict.Undecided && (!Accepting || !_ledger.TryEnqueue(usage)))
            refusal = UsageVerdict.Unavailable;
        if (refusal != UsageVerdict.Undecided)
            GiveUp(usage, refusal);

        UsageVerdict Refusal()
        {
            lock (_gate)
            {
                if (!usage.Caller.Works(_clock.WallMs))
                    return UsageVerdict.KeyRevoked;
                var id = EventIds.OfReservation(usage.Entry.KeyId, usage.Entry.EventId).Id;
                if (_reservations.Find(id, usage.Entry.KeyId) is { } held)
                {
                    // Until this is written, the hold does not go back.
                    usage.Reservation = held;
                    usage.Entry.Elsewhere = null;
                    held.Prolonging++;
                    return UsageVerdict.Undecided;
                }
            }

            // The hold is at another node, which ends it when it expires by its own clock; or it was handed over, and
            // its row decides.
            return usage.Entry.Elsewhere is not { HandedOver: true } && expiresAtMs - _clock.WallMs < ProlongAheadMs
                ? UsageVerdict.Unavailable
                : UsageVerdict.Undecided;
        }
    }

    /// <summary>Keeps a hold longer whose prolongation is in the ledger, if it is here.</summary>
    private static void Prolonged(UsageEvent usage)
    {
        if (usage.Reservation is not { } held)
            return;
        held.Prolonging--;
        // Unless another node wrote one in between: that one is found when this hold would expire.
        if (usage.Entry.Id == EventIds.OfProlongation(held.EventKey, held.Prolongations + 1).Id)
            ReservationBook.Prolong(held, usage.Entry.ExpiresAtMs);
    }

    /// <summary>Writes the end of holds that have expired. Until it is on disk, they stay held.</summary>
    private async Task ExpireAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(TickMs), _clock.Time);
        while (await NextAsync(timer, ct))
            ExpireReservations();
    }

    private void ExpireReservations()
    {
        var ends = new List<UsageEvent>();
        lock (_gate)
        {
            foreach (var expired in Accepting ? _reservations.Expired(_clock.WallMs, ExpiredMax) : [])
            {
                expired.Ending = true;
                ends.Add(ExpiryOf(expired));
            }
        }

        foreach (var end in ends)
        {
            if (!_ledger.TryEnqueue(end))
                GiveUp(end, UsageVerdict.Overloaded);
            // Nobody waits for the answer.
            end.Release();
        }
    }

    /// <summary>
    /// Makes the end of a hold that has expired. It has the id of the next prolongation, so that a hold is either
    /// prolonged, by whatever node, or expires.
    /// </summary>
    private UsageEvent ExpiryOf(Reservation held)
    {
        var usage = _expiries.Rent();
        var (entry, nowMs) = (usage.Entry, _clock.WallMs);
        usage.Key = usage.Caller = held.Key;
        usage.Takes.Reset();
        usage.Reservation = held;
        usage.HasClientId = true;
        usage.FingerprintWithTime = 0;
        entry.Kind = EntryKind.Expire;
        entry.Key = EventIds.OfProlongation(held.EventKey, held.Prolongations + 1);
        entry.EventId = held.Text;
        entry.Fingerprint = 0;
        (entry.TenantId, entry.ProjectId) = (held.Key.TenantId, held.Key.ProjectId);
        (entry.SeatId, entry.KeyId) = (held.Key.SeatId, held.Key.KeyId);
        (entry.Model, entry.Member) = (held.Model, held.Member);
        entry.AtMs = entry.AdmittedAtMs = nowMs;
        var periods = held.Key.PeriodsAt(nowMs);
        (entry.Month, entry.Day) = (periods.Month.Key.Value, periods.Day.Key.Value);
        return usage;
    }
}
