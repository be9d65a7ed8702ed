using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Edge;

// How an edge holds reservations. Rule: a hold stays held, with the rights behind it, until its end is on disk. The
// settlement of this session reads the open holds from the ledger and keeps their rights for them, so this edge must
// not have let others use them.
public sealed partial class EdgeCore
{
    /// <summary>Holds a reservation that is on disk: takes in flight are held until <see cref="Release"/>.</summary>
    public void Hold(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        foreach (ref readonly var take in takes.Items)
        {
            var counter = take.Counter;
            counter.InFlight -= take.RightsUnits;
            counter.Held += take.RightsUnits;
            counter.InFlightExtra -= take.ExtraUnits;
            counter.HeldExtra += take.ExtraUnits;
            Changed(counter);
        }

        Landed(now, key, takes, effects);
    }

    /// <summary>
    /// Ends a reservation without usage. Its release or expiry must be on disk: a session that is settled from the
    /// ledger hands over every hold whose end is not there.
    /// </summary>
    public void Release(CoreInstant now, EdgeKey key, TakeList hold, EdgeEffects effects)
    {
        GiveBackHold(hold);
        RetryAll(now, key, effects);
    }

    /// <summary>
    /// Begins to end a reservation with usage, on the counters of the period in which the reservation was admitted.
    /// Never refused; usage beyond the hold comes from rights if there are any, and is otherwise counted beyond them.
    /// The hold stays held until <see cref="Settle"/> or <see cref="Refund"/> ends it with the takes of
    /// <paramref name="actual"/>. Does nothing if a counter can't hold the usage.
    /// </summary>
    public void CommitHold(CoreInstant now, TakeList hold, AdmissionRequest actual, EdgeEffects effects)
    {
        var takes = actual.Takes;
        takes.Clear();
        if (!HasRoomFor(now, hold, actual))
        {
            actual.Outcome = AdmissionOutcome.CounterFull;
            return;
        }

        takes.Ends = hold;
        var scopes = actual.Key.Scopes;
        for (var s = 0; s < scopes.Length; s++)
        {
            var scope = scopes[s];
            if (now.WallMs >= scope.ValidUntilMs && scope.Attached)
                RollPeriods(scope, now);
            takes.Versions[s] = scope.Limits.Version;
            scope.InFlightNow++;
            scope.TouchedAtMs = now.MonotonicMs;
            for (var line = 0; line < actual.Charge.Count; line++)
                TakeHeld(now, scope, hold, actual.Charge, line, takes);
        }

        actual.Outcome = AdmissionOutcome.Admitted;
        Flush(now, effects);
    }

    /// <summary>
    /// Notes that a handed-over hold has ended on disk. What it held and did not use can be granted again, so the next
    /// request asks for it, even if the authority has just said that nothing is left.
    /// </summary>
    public static void OnHandedOverEnded(EdgeKey key, IReadOnlyList<HoldUse> uses)
    {
        foreach (var use in uses)
        {
            foreach (var scope in key.Scopes)
            {
                if (scope.Id == use.Scope
                    && scope.Find(use.Counter.Metric, use.Counter.Period.Kind) is { } counter
                    && counter.Id == use.Counter)
                {
                    counter.ExhaustedUntilMs = 0;
                }
            }
        }
    }

    /// <summary>
    /// Keeps a hold whose commit could not be written. It was held all the time; only what was taken beyond it goes
    /// back.
    /// </summary>
    public void RestoreHold(CoreInstant now, TakeList hold, AdmissionRequest actual, EdgeEffects effects)
    {
        if (actual.Takes.Ends != hold)
            throw new InvalidOperationException("These takes do not end this hold.");
        KeepHold(actual.Takes);
        Refund(now, actual.Key, actual.Takes, effects);
    }

    private static bool HasRoomFor(CoreInstant now, TakeList hold, AdmissionRequest actual)
    {
        var charge = actual.Charge;
        for (var line = 0; line < charge.Count; line++)
        {
            var (metric, units) = (charge.MetricAt(line), charge.UnitsAt(line));
            foreach (ref readonly var held in hold.Items)
            {
                if (held.Counter.Id.Metric == metric && !held.Counter.HasRoomFor(units))
                    return false;
            }

            foreach (var scope in actual.Key.Scopes)
            {
                for (var c = scope.HeadOf(metric, now.WallMs); c is not null; c = c.Next)
                {
                    if (!c.HasRoomFor(units))
                        return false;
                }
            }
        }

        return true;
    }

    private static void TakeHeld(
        CoreInstant now, EdgeScope scope, TakeList hold, Charge charge, int line, TakeList takes)
    {
        var metric = charge.MetricAt(line);
        var units = charge.UnitsAt(line);
        var found = false;
        foreach (ref readonly var held in hold.Items)
        {
            if (held.Counter.Scope != scope || held.Counter.Id.Metric != metric)
                continue;
            found = true;
            TakeBeyond(held.Counter, held.RightsUnits, held.ExtraUnits, units, takes);
        }

        for (var c = found ? null : scope.HeadOf(metric, now.WallMs); c is not null; c = c.Next)
            TakeBeyond(c, 0, 0, units, takes);
    }

    /// <summary>Takes usage from a hold, which stays held for now, and what is beyond it from the counter.</summary>
    private static void TakeBeyond(EdgeCounter counter, long heldRights, long heldExtra, long units, TakeList takes)
    {
        var (rights, extra, beyond) = HoldLine.Split(heldRights, heldExtra, units);
        var backed = Math.Min(beyond, counter.Rights);
        counter.Open++;
        counter.Rights -= backed;
        counter.InFlight += backed;
        counter.InFlightExtra += beyond - backed;
        counter.Unchecked -= beyond - backed;
        takes.Add(counter, rights + backed, extra + beyond - backed);
    }

    /// <summary>
    /// Ends the hold of takes that are on disk: all that they use is in flight from here on, and the unused part of the
    /// hold becomes idle.
    /// </summary>
    private void EndHold(TakeList takes)
    {
        var hold = takes.Ends!;
        takes.Ends = null;
        GiveBackHold(hold, takes);
    }

    /// <summary>Reduces takes to what they have taken beyond the hold that they end, which goes on.</summary>
    private static void KeepHold(TakeList takes)
    {
        var hold = takes.Ends!;
        takes.Ends = null;
        foreach (ref var take in takes.Writable)
        {
            if (hold.Find(take.Counter) is not { } held)
                continue;
            var (rights, extra, _) = HoldLine.Split(
                held.RightsUnits, held.ExtraUnits, take.RightsUnits + take.ExtraUnits);
            take.RightsUnits -= rights;
            take.ExtraUnits -= extra;
        }
    }

    /// <summary>
    /// Ends the amounts of a hold. What the takes of its commit use of it goes into flight; the remainder is given
    /// back.
    /// </summary>
    private void GiveBackHold(TakeList hold, TakeList? commit = null)
    {
        foreach (ref readonly var held in hold.Items)
        {
            var counter = held.Counter;
            var used = commit?.Find(counter) is { } take ? take.RightsUnits + take.ExtraUnits : 0;
            var (rights, extra, _) = HoldLine.Split(held.RightsUnits, held.ExtraUnits, used);
            counter.Open--;
            counter.Held -= held.RightsUnits;
            counter.HeldExtra -= held.ExtraUnits;
            counter.InFlight += rights;
            counter.InFlightExtra += extra;
            GiveBack(counter, held.RightsUnits - rights);
        }
    }
}
