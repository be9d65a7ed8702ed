using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Metrics;
using Sluice.Simulation.Edges;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Storage;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Oracle;

/// <summary>
/// Knows every answer to a client, and adds them up on its own: the protocol's sums are never used. Checks the promises
/// to clients (INV5, INV9, INV10, INV11).
/// </summary>
internal sealed class UsageOracle(EventHeap heap, StoreTables tables)
{
    private readonly Dictionary<ScopeId, LimitHistory> _limits = [];
    private readonly Dictionary<CounterKey, Consumption> _consumed = [];
    private readonly Dictionary<int, long> _revokedAtUs = [];

    public LimitHistory LimitsOf(ScopeId scope)
    {
        if (!_limits.TryGetValue(scope, out var history))
            _limits.Add(scope, history = new LimitHistory());
        return history;
    }

    public void Revoked(int key) => _revokedAtUs[key] = heap.NowUs;

    /// <summary>
    /// Checks INV11: the takes are the whole charge in every scope of the route, in periods that have not ended.
    /// </summary>
    public static void Admitted(EdgeProcess edge, SimRequest request)
    {
        if (request.HandedOver is not null)
        {
            CommittedElsewhere(request);
            return;
        }

        var charge = request.Charge;
        var months = 0;
        foreach (ref readonly var take in request.Takes.Items)
        {
            var counter = take.Counter;
            if (counter.PeriodEndMs <= edge.Host.Now.WallMs)
                throw new InvariantViolation("INV5", $"request {request.EventId} counted in ended period {counter.Id}");
            if (counter.Id.Period.Kind == Metering.Periods.PeriodKind.Month)
                months++;
            for (var line = 0; line < charge.Count; line++)
            {
                var units = take.RightsUnits + take.ExtraUnits;
                if (charge.MetricAt(line) == counter.Id.Metric && units != charge.UnitsAt(line))
                    throw new InvariantViolation("INV11", $"request {request.EventId} counted {units} in {counter.Id}");
            }
        }

        if (months != charge.Count * request.Key.Route.Count)
            throw new InvariantViolation("INV11", $"request {request.EventId} counted in {months} months only");
    }

    /// <summary>
    /// Checks INV11 for the commit of a handed-over hold: with what is counted where the hold is, it is the whole
    /// charge in one month of every scope.
    /// </summary>
    private static void CommittedElsewhere(SimRequest request)
    {
        foreach (var scope in request.Key.Route)
        {
            for (var line = 0; line < request.Charge.Count; line++)
            {
                var metric = request.Charge.MetricAt(line);
                var units = 0L;
                foreach (ref readonly var take in request.Takes.Items)
                    units += InMonth(take.Counter.Scope.Id, take.Counter.Id) ? take.RightsUnits + take.ExtraUnits : 0;
                units += request.HoldUses.Where(u => InMonth(u.Scope, u.Counter)).Sum(u => u.UsedUnits);
                if (units != request.Charge.UnitsAt(line))
                    throw new InvariantViolation("INV11", $"commit {request.EventId} counted {units} of {metric}");

                bool InMonth(ScopeId id, Metering.Metrics.CounterId counter) => id == scope.Id
                    && counter.Metric == metric && counter.Period.Kind == Metering.Periods.PeriodKind.Month;
            }
        }
    }

    /// <summary>Adds admitted usage. INV5: a consume never lifts a counter above the highest limit in force.</summary>
    public void Book(SimRequest request)
    {
        request.Booked = true;
        var consume = request.Mode == AdmissionMode.Consume && request.Kind != RequestKind.Commit;
        foreach (var take in request.Booking)
        {
            var consumed = Add(take);
            if (!consume || take.Units == 0)
                continue;
            if (LimitsOf(take.Counter.Scope).Highest(take.Counter.Counter) is not { } highest)
                continue;
            if (consumed.Units - consumed.OverageUnits > highest)
            {
                throw new InvariantViolation(
                    "INV5",
                    $"request {request.EventId} of {take.Units} lifts {take.Counter} to {consumed.Units} " +
                    $"(overage {consumed.OverageUnits}), limit {highest}");
            }
        }
    }

    /// <summary>Removes a booking that is not counted after all.</summary>
    public void Drop(SimRequest request)
    {
        if (request.Booked)
            Subtract(request.Booking);
        request.Booked = false;
    }

    private void Subtract(BookedTake[] booking)
    {
        foreach (var take in booking)
        {
            var consumed = _consumed[take.Counter];
            consumed.Units -= take.Units;
            if (take.Limited)
                consumed.OverageUnits -= take.ExtraUnits;
        }
    }

    /// <summary>
    /// Removes a request whose process died before it was on disk. Usage that was answered from memory stays: its
    /// rights must stay counted, but usage without rights is forgotten.
    /// </summary>
    public void Lost(SimRequest request)
    {
        if (request.Answer != RequestAnswer.Memory)
        {
            Drop(request);
            return;
        }

        if (!request.Booked)
            return;
        request.Booked = false;
        foreach (var take in request.Booking)
        {
            var consumed = _consumed[take.Counter];
            consumed.Units -= take.ExtraUnits;
            if (take.Limited)
                consumed.OverageUnits -= take.ExtraUnits;
        }
    }

    /// <summary>Checks INV9 and INV10 at the moment an answer leaves.</summary>
    public void Told(SimRequest request)
    {
        var answer = request.Answer!.Value;
        if (answer is RequestAnswer.Durable or RequestAnswer.Duplicate && !tables.InLedger(request.EventId))
            throw new InvariantViolation("INV10", $"event {request.EventId} was acknowledged and is not in the ledger");
        var admitted = answer is RequestAnswer.Durable or RequestAnswer.Memory or RequestAnswer.WouldPass;
        if (!admitted || request.Reservation is not null)
            return;
        if (_revokedAtUs.TryGetValue(request.KeyNumber, out var at) && request.AdmittedAtUs > at)
            throw new InvariantViolation("INV9", $"event {request.EventId} was admitted with a revoked key");
    }

    private Consumption Add(in BookedTake take)
    {
        if (!_consumed.TryGetValue(take.Counter, out var consumed))
            _consumed.Add(take.Counter, consumed = new Consumption());
        consumed.Units += take.Units;
        if (take.Limited)
            consumed.OverageUnits += take.ExtraUnits;
        return consumed;
    }
}
