using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Leases.Edge;

/// <summary>One scope at an edge: its limits and its counters of the current periods.</summary>
public sealed class EdgeScope
{
    // Shared by all scopes without counters: most keys of a node are idle, and each has a scope.
    private static readonly List<EdgeCounter> NoCounters = [];
    private static readonly Queue<AdmissionRequest> NoWaiters = new(0);

    private IPeriodCalendar _calendar;
    private EdgeCounter?[] _heads = [];
    private PeriodBounds[] _bounds = [];
    private long _latestMs;

    internal EdgeScope(ScopeId id, IPeriodCalendar calendar)
    {
        Id = id;
        _calendar = calendar;
    }

    public ScopeId Id { get; }

    /// <summary>The limits that this edge follows.</summary>
    public LimitSet Limits { get; internal set; } = LimitSet.None;

    /// <summary>Whether the authority has answered at least once; nothing is admitted before that.</summary>
    public bool Attached { get; internal set; }

    /// <summary>Counters of periods that have ended, until they are settled and reported.</summary>
    internal List<EdgeCounter> Retired { get; private set; } = NoCounters;

    /// <summary>
    /// Of a scope that ends routes, so of a tenant: the requests that wait for rights, in whatever scope.
    /// </summary>
    internal int WaitingRequests { get; set; }

    internal Queue<AdmissionRequest> Waiters { get; private set; } = NoWaiters;

    internal long Epoch { get; set; }

    internal long Sequence { get; set; }

    /// <summary>The epoch that the newest request quoted.</summary>
    internal long SentEpoch { get; set; }

    internal long AnsweredSequence { get; set; }

    internal long SentAtMs { get; set; } = long.MinValue / 2;

    internal long ReportedAtMs { get; set; } = long.MinValue / 2;

    internal long TouchedAtMs { get; set; }

    /// <summary>The number of consecutive requests that are known not to be answered.</summary>
    internal int Unanswered { get; set; }

    internal bool Dirty { get; set; }

    internal bool Urgent { get; set; }

    internal bool Scheduled { get; set; }

    internal bool UrgentListed { get; set; }

    /// <summary>The request that reported everything before the scope is forgotten; 0 for none.</summary>
    internal long LeaveSequence { get; set; }

    internal long AckedVersion { get; set; }

    internal SwitchStage Stage { get; set; }

    internal int InFlightBefore { get; set; }

    internal int InFlightNow { get; set; }

    /// <summary>First instant at which one of the current periods, or a boost, has ended.</summary>
    internal long ValidUntilMs { get; private set; }

    internal bool SyncInFlight => AnsweredSequence < Sequence;

    /// <summary>Gets the period of a kind that contains an instant (Unix milliseconds).</summary>
    public PeriodBounds BoundsOf(PeriodKind kind, long nowMs) => _calendar.Current(kind, Forward(nowMs));

    /// <summary>
    /// Finds the counter of a metric in the current month, or of another kind through <c>Next</c>; null if unused.
    /// </summary>
    public EdgeCounter? Find(MetricId metric, PeriodKind kind)
    {
        var counter = (uint)metric.Value < (uint)_heads.Length ? _heads[metric.Value] : null;
        while (counter is not null && counter.Id.Period.Kind != kind)
            counter = counter.Next;
        return counter;
    }

    internal void AddWaiter(AdmissionRequest request)
    {
        if (ReferenceEquals(Waiters, NoWaiters))
            Waiters = new Queue<AdmissionRequest>();
        Waiters.Enqueue(request);
    }

    internal EdgeCounter HeadOf(MetricId metric, long nowMs)
    {
        var heads = _heads;
        if ((uint)metric.Value < (uint)heads.Length && heads[metric.Value] is { } head)
            return head;
        return Create(metric, nowMs);
    }

    /// <summary>Finds a counter in a current or ended period; creates it if its period is current.</summary>
    internal EdgeCounter? Locate(CounterId id, long nowMs)
    {
        foreach (var retired in Retired)
        {
            if (retired.Id == id)
                return retired;
        }

        for (var c = HeadOf(id.Metric, nowMs); c is not null; c = c.Next)
        {
            if (c.Id == id)
                return c;
        }

        return null;
    }

    /// <summary>
    /// Brings back a counter of an ended period that this edge has forgotten, to return rights that were granted since:
    /// to a request that another process sent in its name. Null if the period has not ended.
    /// </summary>
    internal EdgeCounter? Recover(CounterId id, long nowMs)
    {
        if (BoundsOf(id.Period.Kind, nowMs).Key.Value <= id.Period.Value)
            return null;
        var counter = new EdgeCounter(this, id, nowMs) { Unknown = true };
        Retire(counter);
        return counter;
    }

    /// <summary>Checks whether a counter still belongs to this scope: a scope that was idle forgets its own.</summary>
    internal bool Knows(EdgeCounter counter) => Retired.Contains(counter) || Counters().Contains(counter);

    internal IEnumerable<EdgeCounter> Counters()
    {
        foreach (var head in _heads)
        {
            for (var c = head; c is not null; c = c.Next)
                yield return c;
        }
    }

    /// <summary>Retires counters of ended periods; rights never cross the end of a period or of a boost.</summary>
    internal void Roll(long wallMs)
    {
        var nowMs = Forward(wallMs);
        ExtendPeriods(nowMs);
        for (var metric = 0; metric < _heads.Length; metric++)
        {
            if (_heads[metric] is not { } head)
                continue;
            _heads[metric] = null;
            for (var c = head; c is not null; c = c.Next)
            {
                if (c.PeriodEndMs <= nowMs)
                    Retire(c);
            }

            Rebuild(head, nowMs);
        }

        SetBounds(nowMs);
        foreach (var counter in Counters())
        {
            // A boost may have ended: rights granted on it are returned.
            var before = counter.LimitUnits;
            ApplyLimit(counter, nowMs);
            if (counter.LimitUnits < before)
                ReturnIdle(counter, 0);
        }
    }

    /// <summary>
    /// Moves the scope to another time zone. A period that ends at another instant there ends then; one that is already
    /// over there ends now; one that has not begun there yet continues unchanged. No period is ever opened twice.
    /// </summary>
    internal void FollowCalendar(IPeriodCalendar calendar, long wallMs)
    {
        if (ReferenceEquals(_calendar, calendar))
            return;
        _calendar = calendar;
        var nowMs = Forward(wallMs);
        foreach (var counter in Counters())
        {
            var bounds = calendar.Current(counter.Id.Period.Kind, nowMs);
            if (bounds.Key == counter.Id.Period)
                counter.PeriodEndMs = bounds.EndMs;
            else if (bounds.Key.Value > counter.Id.Period.Value)
                counter.PeriodEndMs = nowMs;
        }

        Roll(wallMs);
    }

    /// <summary>Makes the counters match the limits: day and total counters exist if a limit needs them.</summary>
    internal void FollowLimits(long wallMs)
    {
        var nowMs = Forward(wallMs);

        // The bounds advance only together with the counters: otherwise those of an ended period would count forever.
        if (nowMs >= ValidUntilMs)
            Roll(nowMs);
        else
            SetBounds(nowMs);
        foreach (var limit in Limits.Limits)
        {
            var head = HeadOf(limit.Metric, nowMs);
            if (Find(limit.Metric, limit.Period) is not null)
                continue;
            var bounds = _bounds[(int)limit.Period];
            var id = new CounterId(limit.Metric, bounds.Key);
            head.Next = new EdgeCounter(this, id, bounds.EndMs) { Next = head.Next };
        }

        foreach (var counter in Counters())
            ApplyLimit(counter, nowMs);
    }

    internal void ApplyLimit(EdgeCounter counter, long nowMs)
    {
        counter.LimitUnits = Limits.BlockedAt(counter.Id.Metric, counter.Id.Period.Kind, nowMs);
        var limited = counter.LimitUnits is not null;
        if (!limited && counter.Limited)
            ReturnIdle(counter, 0);
        counter.Limited = limited;
    }

    /// <summary>Returns idle rights, down to what may be kept. The rise of R is the message.</summary>
    internal void ReturnIdle(EdgeCounter counter, long keepUnits)
    {
        var idle = counter.Rights - keepUnits;
        if (idle <= 0)
            return;
        counter.Rights -= idle;
        counter.Returned += idle;
        counter.RefillBelow = 0;
        counter.Dirty = true;
        Dirty = true;
    }

    /// <summary>
    /// Marks everything to be reported: earlier reports may have been lost, or sent to another authority.
    /// </summary>
    internal void MarkAllDirty()
    {
        foreach (var counter in Counters())
            counter.Dirty = true;
        foreach (var counter in Retired)
            counter.Dirty = true;
        Dirty = true;
    }

    /// <summary>
    /// Forgets all counters; call only when each is idle and the authority has answered the last report.
    /// </summary>
    internal void Detach()
    {
        _heads = [];
        Waiters = NoWaiters;
        Retired = NoCounters;
        _bounds = [];
        Attached = false;
        Limits = LimitSet.None;
        AckedVersion = 0;
        LeaveSequence = 0;
        ValidUntilMs = 0;
    }

    /// <summary>
    /// Extends the current periods after a change of zone, because they may still run in the new one.
    /// </summary>
    private void ExtendPeriods(long nowMs)
    {
        foreach (var counter in Counters())
        {
            if (counter.PeriodEndMs > nowMs)
                continue;
            var bounds = _calendar.Current(counter.Id.Period.Kind, nowMs);
            if (bounds.Key == counter.Id.Period)
                counter.PeriodEndMs = bounds.EndMs;
        }
    }

    private void Retire(EdgeCounter counter)
    {
        ReturnIdle(counter, 0);
        counter.Dirty = true;
        Dirty = true;
        if (ReferenceEquals(Retired, NoCounters))
            Retired = [];
        Retired.Add(counter);
    }

    private void Rebuild(EdgeCounter oldHead, long nowMs)
    {
        EdgeCounter? list = null;
        EdgeCounter? next;
        for (var c = oldHead; c is not null; c = next)
        {
            next = c.Next;
            c.Next = null;
            var fresh = c.PeriodEndMs <= nowMs ? Fresh(c.Id.Metric, c.Id.Period.Kind, nowMs) : c;
            fresh.Next = list;
            list = fresh;
        }

        _heads[oldHead.Id.Metric.Value] = MonthFirst(list!);
    }

    private static EdgeCounter MonthFirst(EdgeCounter list)
    {
        EdgeCounter? before = null;
        for (var c = list; c is not null; before = c, c = c.Next!)
        {
            if (c.Id.Period.Kind != PeriodKind.Month || before is null)
                continue;
            before.Next = c.Next;
            c.Next = list;
            return c;
        }

        return list;
    }

    private EdgeCounter Fresh(MetricId metric, PeriodKind kind, long nowMs)
    {
        var bounds = _calendar.Current(kind, nowMs);
        var counter = new EdgeCounter(this, new CounterId(metric, bounds.Key), bounds.EndMs);
        ApplyLimit(counter, nowMs);
        return counter;
    }

    private EdgeCounter Create(MetricId metric, long wallMs)
    {
        var nowMs = Forward(wallMs);
        if (metric.Value >= _heads.Length)
            Array.Resize(ref _heads, Math.Max(metric.Value + 1, 4));
        if (ValidUntilMs == 0)
            SetBounds(nowMs);
        var head = Fresh(metric, PeriodKind.Month, nowMs);
        _heads[metric.Value] = head;
        return head;
    }

    /// <summary>
    /// Keeps time from going back within a scope: a wall clock that is set back would open a second counter for a
    /// period that has ended, and its totals would start again from zero.
    /// </summary>
    private long Forward(long wallMs) => _latestMs = Math.Max(_latestMs, wallMs);

    private void SetBounds(long nowMs)
    {
        if (_bounds.Length == 0)
            _bounds = new PeriodBounds[3];
        for (var kind = 0; kind < _bounds.Length; kind++)
            _bounds[kind] = _calendar.Current((PeriodKind)kind, nowMs);
        var month = _bounds[(int)PeriodKind.Month].EndMs;
        ValidUntilMs = Math.Min(month, _bounds[(int)PeriodKind.Day].EndMs);
        foreach (var limit in Limits.Limits)
        {
            ValidUntilMs = Math.Min(ValidUntilMs, limit.NextChangeMs(nowMs));
        }
    }
}
