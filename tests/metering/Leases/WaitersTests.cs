using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Metering.Tests.Leases;

/// <summary>How many requests wait for rights, of one tenant and of all.</summary>
public sealed class WaitersTests
{
    private static readonly CoreInstant Now = new(10, 10);

    private readonly EdgeCore _core = new(new SessionId(1), Now);
    private readonly EdgeEffects _effects = new();

    [Fact]
    public void OneTenant_LeavesRoomForOthers_HoweverManyOfItsRequestsWait()
    {
        var (one, other) = (KeyOf(1), KeyOf(2));

        Assert.Equal(LeaseBounds.WaitersMax / 2, AskUntilRefused(one));
        Assert.Equal(AdmissionOutcome.Waiting, Ask(other));
        Assert.Equal((LeaseBounds.WaitersMax / 4) - 1, AskUntilRefused(other));
    }

    [Fact]
    public void RequestsThatWaitNoLonger_MakeRoom()
    {
        var one = KeyOf(1);
        AskUntilRefused(one);

        var later = 10 + LeaseBounds.FirstAnswerWaitMs;
        _core.Tick(new CoreInstant(later, later), _effects);

        Assert.Equal(0, _core.Waiting);
        Assert.Equal(AdmissionOutcome.Waiting, Ask(one));
    }

    private int AskUntilRefused(EdgeKey key)
    {
        var waiting = 0;
        while (Ask(key) is AdmissionOutcome.Waiting)
            waiting++;
        return waiting;
    }

    private AdmissionOutcome Ask(EdgeKey key)
    {
        var request = new AdmissionRequest { Key = key };
        request.Charge.Add(MetricId.Requests, 1);
        return _core.Admit(Now, request, _effects);
    }

    private EdgeKey KeyOf(long tenant)
    {
        var calendar = new FixedCalendar();
        var key = new EdgeKey(
            tenant,
            [
                _core.Scope(new ScopeId(ScopeKind.Key, tenant), calendar),
                _core.Scope(new ScopeId(ScopeKind.Tenant, tenant), calendar),
            ]);
        _core.AddKey(key);
        return key;
    }
}
