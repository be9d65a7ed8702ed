using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Edge;

public sealed partial class EdgeCore
{
    /// <summary>
    /// Takes a request's charge from key, seat, project and tenant, all or nothing. The hot path: local memory only, no
    /// allocation. <see cref="AdmissionOutcome.Waiting"/> requests come back through the effects.
    /// </summary>
    public AdmissionOutcome Admit(CoreInstant now, AdmissionRequest request, EdgeEffects effects)
    {
        request.Outcome = MayAdmit(now)
            ? request.MayUseKey ? TryTake(now, request, fromQueue: false) : AdmissionOutcome.KeyRevoked
            : AdmissionOutcome.SessionLost;
        if (request.Outcome != AdmissionOutcome.Waiting)
            return request.Outcome;
        if (request.Key.Scopes[^1].WaitingRequests >= LeaseBounds.WaitersMax - _waiting)
            return request.Outcome = AdmissionOutcome.Overloaded;

        request.WaitingSinceMs = now.MonotonicMs;
        request.Outcome = Queue(now, request, fromQueue: false);
        if (request.Outcome == AdmissionOutcome.Waiting)
            Flush(now, effects);
        return request.Outcome;
    }

    /// <summary>
    /// Checks whether takes may be answered before they are on disk. If not, the next rights are requested so that they
    /// allow it.
    /// </summary>
    public bool AllowsMemory(TakeList takes)
    {
        var allows = true;
        foreach (ref readonly var take in takes.Items)
        {
            var counter = take.Counter;
            if (counter.AllowsMemory)
                continue;
            allows = false;
            if (counter.MemoryWanted)
                continue;
            counter.MemoryWanted = true;
            counter.Dirty = true;
            counter.Scope.Dirty = true;
            Schedule(counter.Scope);
        }

        return allows;
    }

    /// <summary>
    /// Notes the refusal of a request whose id the caller chose, once it is known that the request repeats nothing: a
    /// repeat changes nothing, so it must not fire the limit either. Does nothing if the limit has changed since, or
    /// the period of the counter has been forgotten.
    /// </summary>
    /// <returns>Whether the refusal is reported.</returns>
    public bool NoteRefusal(CoreInstant now, AdmissionRequest request, EdgeEffects effects)
    {
        if (request.RefusedBy is not { } counter || counter.LimitUnits != request.RefusedLimitUnits
            || !counter.Scope.Knows(counter))
            return false;
        Note(request, counter);
        Schedule(counter.Scope);
        Flush(now, effects);
        return true;
    }

    private AdmissionOutcome TryTake(CoreInstant now, AdmissionRequest request, bool fromQueue)
    {
        var takes = request.Takes;
        takes.Clear();
        var scopes = request.Key.Scopes;
        for (var s = 0; s < scopes.Length; s++)
        {
            var scope = scopes[s];
            if (now.WallMs >= scope.ValidUntilMs && scope.Attached)
                RollPeriods(scope, now);
            if (!scope.Attached)
                return AdmissionOutcome.Waiting;
            var outcome = Collect(now, scope, request, fromQueue);
            if (outcome != AdmissionOutcome.Admitted)
                return outcome;
            takes.Versions[s] = scope.Limits.Version;
        }

        if (request.HandedOver is { } hold)
            request.HoldUses = UsesOf(hold, request);
        foreach (ref readonly var take in takes.Items)
        {
            var counter = take.Counter;
            counter.Rights -= take.RightsUnits;
            counter.Open++;
            counter.InFlight += take.RightsUnits;
            counter.InFlightExtra += take.ExtraUnits;
            counter.Unchecked -= take.ExtraUnits;
            counter.TakenSinceReport += take.RightsUnits;
            if (counter.Rights < counter.RefillBelow)
                WantRefill(counter);
        }

        for (var s = 0; s < scopes.Length; s++)
        {
            scopes[s].InFlightNow++;
            scopes[s].TouchedAtMs = now.MonotonicMs;
        }

        return AdmissionOutcome.Admitted;
    }

    private static AdmissionOutcome Collect(CoreInstant now, EdgeScope scope, AdmissionRequest request, bool fromQueue)
    {
        var charge = request.Charge;
        var record = request.Mode == AdmissionMode.Record;
        for (var line = 0; line < charge.Count; line++)
        {
            var units = charge.UnitsAt(line);
            for (var c = scope.HeadOf(charge.MetricAt(line), now.WallMs); c is not null; c = c.Next)
            {
                if (!c.Limited || record)
                {
                    var taken = request.HandedOver is { } hold ? hold.UnitsBeyond(scope.Id, c.Id, units) : units;
                    var backed = c.Limited ? Math.Min(taken, c.Rights) : 0;
                    if (!c.HasRoomFor(taken - backed))
                        return AdmissionOutcome.CounterFull;
                    if (taken > 0 || request.HandedOver is null)
                        request.Takes.Add(c, backed, taken - backed);
                }
                else if (c.Rights >= charge.NeedAt(line) && (fromQueue || c.WaitingUnits == 0))
                {
                    request.Takes.Add(c, units, 0);
                }
                else
                {
                    return AdmissionOutcome.Waiting;
                }
            }
        }

        return AdmissionOutcome.Admitted;
    }

    private static HoldUse[] UsesOf(HandedOverHold hold, AdmissionRequest request) =>
        hold.UsesOf(request.Charge, line => IsCurrent(request.Key.Scopes, line));

    /// <summary>Checks whether a counter of a handed-over hold is one in which requests are taken here now.</summary>
    private static bool IsCurrent(EdgeScope[] scopes, in HoldLine line)
    {
        foreach (var scope in scopes)
        {
            if (scope.Id == line.Scope && scope.Find(line.Counter.Metric, line.Counter.Period.Kind) is { } counter)
                return counter.Id == line.Counter;
        }

        return false;
    }

    /// <summary>
    /// Handles a request that does not fit now: refuses it if the authority has said that nothing is left anywhere;
    /// otherwise it waits, and every counter that lacks rights requests them at the same time.
    /// </summary>
    private AdmissionOutcome Queue(CoreInstant now, AdmissionRequest request, bool fromQueue)
    {
        request.Waits.Clear();
        EdgeScope? waitsAt = null;
        foreach (var scope in request.Key.Scopes)
        {
            switch (Examine(now, scope, request, fromQueue))
            {
                case AdmissionOutcome.Admitted:
                    break;
                case AdmissionOutcome.Waiting:
                    waitsAt ??= scope;
                    if (!scope.Attached)
                        MakeUrgent(scope);
                    break;
                case var final:
                    request.Waits.Clear();
                    Schedule(scope);
                    return final;
            }
        }

        foreach (ref readonly var wait in request.Waits.Items)
        {
            wait.Counter.WaitingUnits += wait.RightsUnits;
            MakeUrgent(wait.Counter.Scope);
        }

        // The take failed, so some scope lacked rights; if they have arrived since, the next tick finds them.
        waitsAt ??= request.Key.Scopes[^1];
        Schedule(waitsAt);
        waitsAt.AddWaiter(request);
        _waiting++;
        request.Key.Scopes[^1].WaitingRequests++;
        return AdmissionOutcome.Waiting;
    }

    /// <summary>Examines one scope: Admitted if the request fits, Waiting, or the final outcome.</summary>
    private static AdmissionOutcome Examine(CoreInstant now, EdgeScope scope, AdmissionRequest request, bool fromQueue)
    {
        var charge = request.Charge;
        var record = request.Mode == AdmissionMode.Record;
        var outcome = scope.Attached ? AdmissionOutcome.Admitted : AdmissionOutcome.Waiting;
        for (var line = 0; line < charge.Count; line++)
        {
            var need = charge.NeedAt(line);
            for (var c = scope.HeadOf(charge.MetricAt(line), now.WallMs); c is not null; c = c.Next)
            {
                var fits = record || !c.Limited || (c.Rights >= need && (fromQueue || c.WaitingUnits == 0));
                if (scope.Attached && fits)
                    continue;
                var said = scope.Attached && c.Rights < need
                    ? Final(now, c, request, need)
                    : AdmissionOutcome.Admitted;
                if (said is AdmissionOutcome.Refused or AdmissionOutcome.Stranded)
                    return said;
                outcome = AdmissionOutcome.Waiting;
                if (said != AdmissionOutcome.Waiting && !record)
                    request.Waits.Add(c, need, 0);
            }
        }

        return outcome;
    }

    /// <summary>
    /// Interprets the authority's last verdict for a counter that lacks rights: Refused, Stranded, Waiting for takes in
    /// flight that may return rights, or Admitted if there is no verdict and the authority must be asked.
    /// </summary>
    private static AdmissionOutcome Final(CoreInstant now, EdgeCounter counter, AdmissionRequest request, long need)
    {
        if (counter.StrandedUntilMs > now.MonotonicMs)
            return AdmissionOutcome.Stranded;
        if (counter.ExhaustedUntilMs <= now.MonotonicMs)
            return AdmissionOutcome.Admitted;

        // A take in flight sometimes turns out to be a repeat and returns its rights, so a refusal waits for it
        // briefly. The authority need not be asked: it has said that it has nothing more.
        var mayComeBack = counter.InFlight > 0 && need <= counter.Rights + counter.InFlight;
        if (mayComeBack && now.MonotonicMs - request.WaitingSinceMs < LeaseBounds.RefundWaitMs)
            return AdmissionOutcome.Waiting;

        request.RefusedBy = counter;
        request.RefusedUnits = need;
        request.RefusedLimitUnits = counter.LimitUnits;
        if (!request.HasClientId)
            Note(request, counter);
        return AdmissionOutcome.Refused;
    }

    /// <summary>Marks the refusal to be reported; the first of several is the one that counts.</summary>
    private static void Note(AdmissionRequest request, EdgeCounter counter)
    {
        if (counter.RefusedUnits != 0 || request.Mode == AdmissionMode.Check)
            return;
        counter.RefusedUnits = request.RefusedUnits;
        counter.Dirty = true;
        counter.Scope.Dirty = true;
    }

    private void RetryWaiters(CoreInstant now, EdgeScope scope, EdgeEffects effects)
    {
        for (var left = scope.Waiters.Count; left > 0; left--)
        {
            var request = scope.Waiters.Dequeue();
            Unqueue(request);
            request.Outcome = Retry(now, request);
            if (request.Outcome != AdmissionOutcome.Waiting)
                effects.Resolved.Add(request);
        }
    }

    private AdmissionOutcome Retry(CoreInstant now, AdmissionRequest request)
    {
        if (!MayAdmit(now))
            return AdmissionOutcome.SessionLost;
        if (!request.MayUseKey)
            return AdmissionOutcome.KeyRevoked;
        var outcome = TryTake(now, request, fromQueue: true);
        if (outcome != AdmissionOutcome.Waiting)
            return outcome;
        return now.MonotonicMs - request.WaitingSinceMs >= PatienceFor(request.Key)
            ? AdmissionOutcome.Unreachable
            : Queue(now, request, fromQueue: true);
    }

    private static int PatienceFor(EdgeKey key)
    {
        foreach (var scope in key.Scopes)
        {
            if (!scope.Attached)
                return LeaseBounds.FirstAnswerWaitMs;
        }

        return LeaseBounds.AdmissionWaitMs;
    }

    private void Unqueue(AdmissionRequest request)
    {
        _waiting--;
        request.Key.Scopes[^1].WaitingRequests--;
        foreach (ref readonly var wait in request.Waits.Items)
            wait.Counter.WaitingUnits -= wait.RightsUnits;
        request.Waits.Clear();
    }

    private void RollPeriods(EdgeScope scope, CoreInstant now)
    {
        scope.Roll(now.WallMs);
        if (scope.Dirty)
            Schedule(scope);
    }

    private void WantRefill(EdgeCounter counter)
    {
        counter.RefillBelow = 0;
        counter.Dirty = true;
        counter.Scope.Dirty = true;
        MakeUrgent(counter.Scope);
    }
}
