namespace Sluice.Metering.Leases.Edge;

public sealed partial class EdgeCore
{
    /// <summary>
    /// Settles a request whose usage is in the ledger: takes in flight become used. If they end a hold, it ends now.
    /// </summary>
    public void Settle(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        if (takes.Ends is not null)
            EndHold(takes);
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
    /// Refunds a request that is not counted after all (a repeat, or the ledger could not be reached). If its takes end
    /// a hold, the hold ends too, because its end is in the ledger already; <see cref="RestoreHold"/> keeps it.
    /// </summary>
    public void Refund(CoreInstant now, EdgeKey key, TakeList takes, EdgeEffects effects)
    {
        if (takes.Ends is { } ended)
        {
            KeepHold(takes);
            GiveBackHold(ended);
        }

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
