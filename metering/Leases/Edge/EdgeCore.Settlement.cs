namespace Sluice.Metering.Leases.Edge;

public sealed partial class EdgeCore
{
    /// <summary>Settles a request whose usage is in the ledger: takes in flight become used.</summary>
    public void Settle(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        foreach (ref readonly var take in takes.Items)
        {
            var counter = take.Counter;
            counter.Open--;
            counter.InFlight -= take.RightsUnits;
            counter.Used += take.RightsUnits;
            counter.InFlightExtra -= take.ExtraUnits;
            counter.Extra += take.ExtraUnits;
            Changed(counter);
        }

        Landed(now, key, takes, effects);
    }

    /// <summary>
    /// Refunds a request that is not counted after all (a repeat, or the ledger could not be reached).
    /// </summary>
    public void Refund(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        foreach (ref readonly var take in takes.Items)
        {
            var counter = take.Counter;
            counter.Open--;
            counter.InFlight -= take.RightsUnits;
            counter.InFlightExtra -= take.ExtraUnits;
            GiveBack(counter, take.RightsUnits);
        }

        Landed(now, key, takes, effects);
    }

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

    /// <summary>Ends a reservation without usage: released, or expired.</summary>
    public void Release(CoreInstant now, EdgeKey key, TakeList hold, EdgeEffects effects)
    {
        EndHold(hold);
        ReturnUnkept(hold);
        RetryAll(now, key, effects);
    }

    /// <summary>
    /// Ends a reservation with usage: the hold turns into takes of the actual usage, on the counters of the period in
    /// which the reservation was admitted. Never refused; usage beyond the hold comes from rights if there are any, and
    /// is otherwise counted beyond them. Does nothing if a counter can't hold it.
    /// </summary>
    public void CommitHold(CoreInstant now, TakeList hold, AdmissionRequest actual, EdgeEffects effects)
    {
        if (!HasRoomFor(now, hold, actual))
        {
            actual.Takes.Clear();
            actual.Outcome = AdmissionOutcome.CounterFull;
            return;
        }

        EndHold(hold);
        var takes = actual.Takes;
        takes.Clear();
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

        ReturnUnkept(hold);
        actual.Outcome = AdmissionOutcome.Admitted;
        RetryAll(now, actual.Key, effects);
    }

    /// <summary>Restores a hold whose commit could not be written: its takes end.</summary>
    public void RestoreHold(CoreInstant now, TakeList hold, AdmissionRequest actual, EdgeEffects effects)
    {
        foreach (ref readonly var take in actual.Takes.Items)
        {
            var counter = take.Counter;
            counter.Open--;
            counter.InFlight -= take.RightsUnits;
            counter.InFlightExtra -= take.ExtraUnits;
            counter.Rights += take.RightsUnits;
        }

        foreach (ref var held in hold.Writable)
        {
            // Other requests may have taken the rights since; what is gone is held without rights behind it.
            var counter = held.Counter;
            var total = held.RightsUnits + held.ExtraUnits;
            held.RightsUnits = Math.Min(held.RightsUnits, counter.Rights);
            held.ExtraUnits = total - held.RightsUnits;
            counter.Rights -= held.RightsUnits;
            counter.Open++;
            counter.Held += held.RightsUnits;
            counter.HeldExtra += held.ExtraUnits;
            Changed(counter);
        }

        ReturnUnkept(actual.Takes);
        Landed(now, actual.Key, actual.Takes, effects);
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
            TakeBeyond(held.Counter, units, takes);
        }

        for (var c = found ? null : scope.HeadOf(metric, now.WallMs); c is not null; c = c.Next)
            TakeBeyond(c, units, takes);
    }

    private static void TakeBeyond(EdgeCounter counter, long units, TakeList takes)
    {
        var backed = Math.Min(units, counter.Rights);
        counter.Open++;
        counter.Rights -= backed;
        counter.InFlight += backed;
        counter.InFlightExtra += units - backed;
        counter.Unchecked -= units - backed;
        takes.Add(counter, backed, units - backed);
    }

    private void EndHold(TakeList hold)
    {
        foreach (ref readonly var held in hold.Items)
        {
            var counter = held.Counter;
            counter.Open--;
            counter.Held -= held.RightsUnits;
            counter.HeldExtra -= held.ExtraUnits;
            counter.Rights += held.RightsUnits;
            Changed(counter);
        }
    }

    private static void ReturnUnkept(TakeList takes)
    {
        foreach (ref readonly var take in takes.Items)
        {
            if (take.Counter.KeepsNothing)
                take.Counter.Scope.ReturnIdle(take.Counter, 0);
        }
    }

    private void GiveBack(EdgeCounter counter, long units)
    {
        counter.Rights += units;
        if (counter.KeepsNothing)
            counter.Scope.ReturnIdle(counter, 0);
        Changed(counter);
    }

    private void Changed(EdgeCounter counter)
    {
        counter.Dirty = true;
        counter.Scope.Dirty = true;
        Schedule(counter.Scope);
    }

    /// <summary>Ends takes in flight: a limit change or requests may be waiting for that.</summary>
    private void Landed(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        var scopes = key.Scopes;
        for (var s = 0; s < scopes.Length; s++)
        {
            var scope = scopes[s];
            if (takes.Versions[s] < scope.Limits.Version)
                scope.InFlightBefore--;
            else
                scope.InFlightNow--;
            if (scope.Stage == SwitchStage.Draining && scope.InFlightBefore == 0)
            {
                scope.Stage = SwitchStage.WantsCheckpoint;
                effects.CheckpointWanted = true;
            }
        }

        RetryAll(now, key, effects);
    }

    private void RetryAll(CoreInstant now, EdgeKey key, EdgeEffects effects)
    {
        if (_waiting == 0)
            return;
        foreach (var scope in key.Scopes)
        {
            if (scope.Waiters.Count > 0)
                RetryWaiters(now, scope, effects);
        }

        Flush(now, effects);
    }
}
