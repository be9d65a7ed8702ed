using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Tests.Leases;

/// <summary>One edge with one scope; the test answers its syncs.</summary>
internal sealed class LoneEdge
{
    public static readonly ScopeId Scope = new(ScopeKind.Tenant, 1);

    private readonly EdgeEffects _effects = new();
    private readonly LimitSet _limits;
    private readonly long _grantedUnits;

    /// <param name="limitUnits">The monthly limit; null for none.</param>
    /// <param name="grantedUnits">What the authority grants to the first request.</param>
    public LoneEdge(long? limitUnits, long grantedUnits)
    {
        _grantedUnits = grantedUnits;
        _limits = new LimitSet(1, limitUnits is { } units
            ? [new Limit(1, Scope, MetricId.Requests, PeriodKind.Month, LimitKind.Blocked, LimitSource.Limit, units)]
            : []);
        Core = new EdgeCore(new SessionId(1), Now);
        Key = new EdgeKey(1, [Core.Scope(Scope, new FixedCalendar())]);
        Core.AddKey(Key);
    }

    public CoreInstant Now { get; set; } = new(10, 10);

    public EdgeCore Core { get; }

    public EdgeKey Key { get; }

    public EdgeCounter Counter => Core.FindScope(Scope)!.Find(MetricId.Requests, PeriodKind.Month)!;

    /// <summary>The last sync of the edge.</summary>
    public SyncRequest? Sent { get; private set; }

    public AdmissionRequest Ask(
        long units, AdmissionMode mode = AdmissionMode.Consume, HandedOverHold? handedOver = null)
    {
        var request = Request(units, mode);
        request.HandedOver = handedOver;
        Do((core, effects) => core.Admit(Now, request, effects));
        return request;
    }

    public AdmissionRequest Reserve(long units)
    {
        var request = Ask(units);
        Do((core, effects) => core.Hold(Now, Key, request.Takes, effects));
        return request;
    }

    /// <summary>Begins to commit; nothing is on disk yet.</summary>
    public AdmissionRequest Commit(AdmissionRequest reserved, long units)
    {
        var actual = Request(units, AdmissionMode.Record);
        Do((core, effects) => core.CommitHold(Now, reserved.Takes, actual, effects));
        return actual;
    }

    /// <summary>Makes a call, and answers what the edge sends: with all rights at once.</summary>
    public void Do(Action<EdgeCore, EdgeEffects> act)
    {
        act(Core, _effects);
        while (_effects.Syncs.Count > 0)
        {
            Sent = _effects.Syncs[^1];
            _effects.Syncs.Clear();
            Answer([.. Sent.Reports.Select(r => Line(r.Counter, _grantedUnits))]);
        }
    }

    public void Answer(IReadOnlyList<LeaseLine> lines) =>
        Core.OnReply(Now, new SyncReply(Scope, 1, Sent!.Sequence, _limits, true, lines), _effects);

    public static LeaseLine Line(CounterId counter, long granted, long used = 0, long returned = 0) =>
        new(counter, granted, used, 0, returned, null, 0, 0, false, LeaseVerdict.None);

    private AdmissionRequest Request(long units, AdmissionMode mode)
    {
        var request = new AdmissionRequest { Key = Key, Mode = mode };
        request.Charge.Add(MetricId.Requests, units);
        return request;
    }
}
