using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Simulation.Cores;

/// <summary>
/// Syncs in the name of an edge that it did not send: from a member that lies, or an edge with an error. The gate of
/// the grains keeps all others out.
/// </summary>
public sealed class ForgedSyncTests
{
    private const long Limit = 100;

    private static readonly SessionId Victim = new(1);

    private readonly LeasePair _pair = new(2, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, Limit));

    public static TheoryData<string> LiesAboutRights =>
    [
        "returned", "returned and used", "granted", "negative hold", "negative usage", "negative extra", "need",
    ];

    [Theory]
    [MemberData(nameof(LiesAboutRights))]
    public void ALieAboutRights_GrantsNothingBeyondTheLimit(string lie)
    {
        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 60));
        var truth = Truth();
        var report = lie switch
        {
            "returned" => truth with { ReturnedUnits = 1_000 },
            "returned and used" => truth with { UsedUnits = 1_000, ReturnedUnits = 1_000, GrantedUnits = 2_000 },
            "granted" => truth with { GrantedUnits = long.MaxValue },
            "negative hold" => truth with { UnbackedHeldUnits = -1_000 },
            "negative usage" => truth with { UsedUnits = long.MinValue, ReturnedUnits = 1_000 },
            "negative extra" => truth with { ExtraUnits = -1_000, UnbackedHeldUnits = -1_000 },
            _ => truth with { NeedUnits = long.MaxValue, UnitsPerSecond = long.MaxValue },
        };
        _pair.Forge(Sync(1_000, 1, report));

        Assert.InRange(_pair.AuthorityOf(LeasePair.Tenant).Counters.Single().Committed, 60, Limit);
        Assert.Equal(Limit, AdmittedInAll(1, 2, 1));
    }

    [Theory]
    [InlineData(nameof(CounterReport.ExtraUnits))]
    [InlineData(nameof(CounterReport.HeldUnits))]
    [InlineData(nameof(CounterReport.UnitsPerSecond))]
    [InlineData(nameof(CounterReport.RecallFollowed))]
    [InlineData(nameof(CounterReport.Counter))]
    public void ANumberThatNoEdgeCanReach_StopsNobodysRequests(string field)
    {
        _pair.Use(edge: 1, units: 1);
        var report = field switch
        {
            nameof(CounterReport.ExtraUnits) => Truth() with { ExtraUnits = long.MaxValue },
            nameof(CounterReport.HeldUnits) => Truth() with { HeldUnits = long.MaxValue },
            nameof(CounterReport.UnitsPerSecond) => Truth() with { UnitsPerSecond = long.MaxValue, NeedUnits = 1 },
            nameof(CounterReport.RecallFollowed) => Truth() with { RecallFollowed = long.MaxValue },
            _ => Truth() with { Counter = new CounterId(new MetricId(-1), new PeriodKey(7)) },
        };
        _pair.Forge(Sync(1_000, 1, report));

        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 1));
        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 2, units: 1));
    }

    [Fact]
    public void UsageAtTheEndOfTheNumberRange_LeavesTheAuthorityRunning()
    {
        const int sessions = 8;
        var pair = new LeasePair(sessions, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, Limit));
        for (var session = 1; session <= sessions; session++)
        {
            pair.Use(session, units: 1);
            if (session <= 2)
                continue;
            var report = Truth(pair, session) with
            {
                ExtraUnits = LeaseBounds.CounterUnitsMax,
                UnbackedHeldUnits = LeaseBounds.CounterUnitsMax,
            };
            pair.Forge(new SyncRequest(
                new SessionId(session), LeasePair.Tenant, 1_000, 1, 1, false, false, [report]));
        }

        pair.Pass(LeaseBounds.ReportIntervalMs);

        // What a member says of its own usage is believed, so the limit is reached; but every request has an answer.
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(edge: 1, units: 50));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(edge: 2, units: 50));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000)]
    [InlineData(1_000)]
    [InlineData(3)]
    public void AForgedSequence_HealsByItself(long sequence)
    {
        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 1));

        _pair.Forge(Sync(sequence, 1, Truth()));

        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 90));
        Assert.Equal(AdmissionOutcome.Refused, _pair.Use(edge: 1, units: 10));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public void AForgedEpoch_DeposesNoAuthority(long epoch)
    {
        _pair.Use(edge: 1, units: 1);

        var reply = _pair.Forge(Sync(1_000, epoch, Truth()));

        Assert.False(_pair.AuthorityOf(LeasePair.Tenant).Deposed);
        Assert.Equal(SyncOutcome.UnknownEpoch, reply?.Outcome);
        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 90));
    }

    [Fact]
    public void AnEdgeThatWasToldOfAnEpochThatDoesNotExist_ForgetsIt()
    {
        _pair.Use(edge: 1, units: 1);

        _pair.Do(1, (edge, effects) => edge.OnRecall(
            _pair.Now, new Recall(LeasePair.Tenant, long.MaxValue, 1, Truth().Counter, 0), effects));

        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 90));
        Assert.Equal(AdmissionOutcome.Refused, _pair.Use(edge: 1, units: 10));
    }

    [Fact]
    public void AnEpochThatExists_StillDeposes()
    {
        var authority = _pair.AuthorityOf(LeasePair.Tenant);
        var effects = new AuthorityEffects();
        _pair.Use(edge: 1, units: 1);

        authority.OnSync(_pair.Now, Sync(1_000, 2, Truth()), effects);
        var batch = Assert.Single(effects.Persists);
        effects.Clear();
        authority.OnPersisted(_pair.Now, batch.Number, PersistOutcome.Deposed, [], effects);

        Assert.True(effects.Deposed);
        Assert.Empty(effects.Refusals);
    }

    [Fact]
    public void LimitsThatDoNotExistYet_AreFollowedByNobody()
    {
        _pair.Use(edge: 1, units: 1);

        _pair.Forge(Sync(1_000, 1, Truth()) with { LimitVersion = long.MaxValue });

        Assert.Equal(1, _pair.AuthorityOf(LeasePair.Tenant).Shares[0].AckedVersion);
    }

    [Fact]
    public void RightsThatSomeoneElseReturned_AreNotSpentTwice()
    {
        var hold = _pair.Reserve(edge: 1, units: 40);
        _pair.Do(1, (edge, effects) => edge.Release(_pair.Now, hold.Key, hold.Takes, effects));
        var counter = _pair.Counter(1, LeasePair.Tenant);
        var idle = counter.Rights;
        Assert.True(idle >= 40);

        _pair.Forge(Sync(1_000, 1, Truth() with { ReturnedUnits = counter.Returned + idle }));

        // What the edge spends before its next report can't be helped; from then on, it is as if it had returned them.
        Assert.Equal(AdmissionOutcome.Admitted, _pair.Use(edge: 1, units: 1));
        _pair.Pass(LeaseBounds.ReportIntervalMs);

        Assert.Equal(Limit, AdmittedInAll(2, 1));
    }

    [Fact]
    public void MoreCountersThanAScopeCanHave_AreNotRemembered()
    {
        var reports = Enumerable.Range(1, SyncRules.ReportsMax + 1).Select(static n =>
            new CounterReport(
                new CounterId(MetricId.Requests, new PeriodKey(n)), 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0));

        var reply = _pair.Forge(new SyncRequest(Victim, LeasePair.Tenant, 1_000, 1, 1, false, false, [.. reports]));

        Assert.Equal(SyncOutcome.Implausible, reply?.Outcome);
        Assert.Empty(_pair.AuthorityOf(LeasePair.Tenant).Counters);
    }

    [Fact]
    public void TheLargestRequests_CanBeReportedAtOnce()
    {
        var limit = LeasePair.Blocked(LeasePair.Tenant, ScaledNumber.MaxLimitUnits);
        var pair = new LeasePair(1, LeasePair.NoLimits, limit);

        for (var n = 0; n < 40; n++)
            Assert.Equal(AdmissionOutcome.Admitted, pair.Use(edge: 1, ScaledNumber.MaxUnits));
        pair.Pass(LeaseBounds.ReportIntervalMs);

        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(edge: 1, ScaledNumber.MaxUnits));
    }

    private static SyncRequest Sync(long sequence, long epoch, CounterReport report) =>
        new(Victim, LeasePair.Tenant, sequence, 1, epoch, false, false, [report]);

    /// <summary>Returns what the edge itself would report now.</summary>
    private CounterReport Truth() => Truth(_pair, 1);

    private static CounterReport Truth(LeasePair pair, int edge)
    {
        var c = pair.Counter(edge, LeasePair.Tenant);
        return new CounterReport(
            c.Id, c.Used, c.Extra, c.Returned, c.Granted, c.Held, c.HeldExtra, 0, 0, false, 0, 0);
    }

    /// <summary>Uses single units at edges, in this order, until each is refused; returns all usage ever.</summary>
    private long AdmittedInAll(params int[] edges)
    {
        foreach (var edge in edges)
        {
            while (_pair.Use(edge, units: 1) == AdmissionOutcome.Admitted)
            {
                // Until refused.
            }

            _pair.Pass(LeaseBounds.ReportIntervalMs);
        }

        return _pair.Counter(1, LeasePair.Tenant).Used + _pair.Counter(2, LeasePair.Tenant).Used;
    }
}
