using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Timeline;
using Xunit;

namespace Sluice.Simulation.Cores;

public sealed class LeaseCoreTests
{
    [Fact]
    public void ARequestTooLargeForWhatIsLeft_KeepsNoSmallerOneOut_OnAnyEdge()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 100));

        // Each gets the rest, which is too little, and loses it to the other.
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(edge: 1, units: 200));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(edge: 2, units: 200));

        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(edge: 1, units: 5));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(edge: 2, units: 95));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(edge: 1, units: 1));
    }

    [Fact]
    public void ACounterWithoutALimit_TakesNoMoreThanItsNumbersHold_OverAllEdges()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.NoLimits);
        var hold = pair.Reserve(edge: 1, units: 0);
        (int Edge, AdmissionMode Mode)[] callers = [(1, AdmissionMode.Consume), (2, AdmissionMode.Record)];
        var (taken, full) = (0L, 0);
        while (full < 2)
        {
            full = 0;
            foreach (var (edge, mode) in callers)
            {
                if (pair.Use(edge, ScaledNumber.MaxUnits, mode) == AdmissionOutcome.Admitted)
                    taken += ScaledNumber.MaxUnits;
                else
                    full++;
            }

            pair.Pass(LeaseBounds.ReportIntervalMs);
        }

        // The other's usage since its last report may come on top.
        Assert.InRange(taken, LeaseBounds.CounterUnitsMax, LeaseBounds.CounterUnitsMax + (2 * ScaledNumber.MaxUnits));
        foreach (var edge in (int[])[1, 2])
        {
            Assert.Equal(AdmissionOutcome.CounterFull, pair.Use(edge, ScaledNumber.MaxUnits, AdmissionMode.Check));
            Assert.Equal(AdmissionOutcome.CounterFull, pair.Ask(edge, ScaledNumber.MaxUnits).Outcome);
            Assert.Equal(AdmissionOutcome.Admitted, pair.Use(edge, 0));
        }

        Assert.Equal(AdmissionOutcome.CounterFull, pair.CommitHold(edge: 1, hold, ScaledNumber.MaxUnits).Outcome);
        Assert.Equal(AdmissionOutcome.Admitted, pair.CommitHold(edge: 1, hold, 0).Outcome);
    }

    [Fact]
    public void AnActivationThatHearsOnlyWhatItKnows_FindsTheThresholdThatUsageReachedUnseen()
    {
        LimitSet limits = new(1, [LeasePair.Limit(LeasePair.Key, LimitKind.Warning, units: 100, id: 7)]);
        var counter = new CounterId(MetricId.Requests, PeriodKey.Month(2026, 11));
        var authority = new AuthorityCore(new AuthoritySnapshot(
            LeasePair.Key,
            Epoch: 2,
            limits,
            EffectiveVersion: 1,
            Accounts: [],
            Settled: [new SettledSnapshot(counter, 100, 0)],
            Thresholds: [],
            Armed: [new ArmedThreshold(7, 100)],
            Sessions: []));
        var effects = new AuthorityEffects();

        authority.OnLimits(new CoreInstant(0, 0), limits, effects);

        var fired = Assert.Single(Assert.Single(effects.Persists).Thresholds);
        Assert.Equal((7, 100, ThresholdStatus.Fired), (fired.LimitId, fired.UsedUnits, fired.Status));
    }

    [Fact]
    public void ARequestThatNobodyWillAnswer_IsSentAgainSoon_AndLessOftenEachTime()
    {
        var session = new SessionId(1);
        var edge = new EdgeCore(session, At(0));
        var scope = edge.Scope(LeasePair.Tenant, new ShortCalendar(1_000_000));
        edge.AddKey(new EdgeKey(1, [scope]));
        var effects = new EdgeEffects();
        var request = new AdmissionRequest { Key = new EdgeKey(1, [scope]) };
        request.Charge.Add(MetricId.Requests, 1);
        edge.Admit(At(0), request, effects);
        var sentAtMs = new List<long> { 0 };

        for (var ms = 0L; ms <= 1_000; ms += 10)
        {
            edge.Tick(At(ms), effects);
            foreach (var sync in effects.Syncs)
            {
                if (sync.Sequence > 1)
                    sentAtMs.Add(ms);
                edge.OnUnanswered(At(ms), sync.Scope, sync.Sequence);
                // A message about an older request says nothing of this one.
                edge.OnUnanswered(At(ms), sync.Scope, sync.Sequence - 1);
            }

            effects.Syncs.Clear();
        }

        Assert.Equal([0, 20, 60, 140, 300, 500, 700, 900], sentAtMs);

        static CoreInstant At(long ms) => new(ms, ms);
    }

    [Fact]
    public void SingleEdge_AdmitsExactlyTheLimit()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 100));
        var admitted = 0;
        for (var i = 0; i < 150; i++)
            admitted += pair.Use(1, 1) == AdmissionOutcome.Admitted ? 1 : 0;
        Assert.Equal(100, admitted);
        Assert.Equal(100, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void TwoEdges_AdmitExactlyTheLimitTogether()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 99));
        var admitted = 0;
        for (var i = 0; i < 150; i++)
            admitted += pair.Use(1 + (i % 2), 1) == AdmissionOutcome.Admitted ? 1 : 0;
        Assert.Equal(99, admitted);
    }

    [Fact]
    public void Refusal_NamesTheCounterAndTakesNothingAnywhere()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 5));
        var request = pair.Ask(1, 6);
        Assert.Equal(AdmissionOutcome.Refused, request.Outcome);
        Assert.Equal(LeasePair.Tenant, request.RefusedBy!.Scope.Id);
        Assert.Equal(6, request.RefusedUnits);
        Assert.Equal(0, pair.Counter(1, LeasePair.Key).UsedUnits);
        Assert.Equal(0, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void RefusalWithAnId_FiresTheLimit_OnlyOnceItIsKnownToRepeatNothing()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 5));
        var request = pair.Ask(1, 6, hasClientId: true);
        pair.Pass(1_000);
        Assert.Equal(AdmissionOutcome.Refused, request.Outcome);
        Assert.Equal(ThresholdStatus.Armed, StatusOfBlocked(pair));

        pair.Do(1, (core, effects) => Assert.True(core.NoteRefusal(pair.Now, request, effects)));
        pair.Pass(1_000);

        Assert.Equal(ThresholdStatus.Fired, StatusOfBlocked(pair));
    }

    [Fact]
    public void RefusalOfALimitThatHasChanged_IsNotNoted()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 5));
        var request = pair.Ask(1, 6, hasClientId: true);
        pair.SetLimits(LeasePair.Tenant, LeasePair.Blocked(LeasePair.Tenant, 10, version: 2));
        pair.Pass(1_000);

        pair.Do(1, (core, effects) => Assert.False(core.NoteRefusal(pair.Now, request, effects)));
    }

    [Theory]
    [InlineData(AdmissionMode.Record, AdmissionOutcome.Admitted)]
    [InlineData(AdmissionMode.Consume, AdmissionOutcome.KeyRevoked)]
    [InlineData(AdmissionMode.Check, AdmissionOutcome.KeyRevoked)]
    public void OnlyUsageThatHasHappened_OutlivesItsKey(AdmissionMode mode, AdmissionOutcome expected)
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.NoLimits);
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 1));
        var key = pair.KeyAt(1);
        pair.Edge(1).RevokeKey(key.KeyId);
        Assert.Equal(AdmissionOutcome.KeyRevoked, pair.Ask(1, 1, AdmissionMode.Record).Outcome);

        var request = new AdmissionRequest { Key = key, Mode = mode, OutlivesKey = true };
        request.Charge.Add(MetricId.Requests, 2);
        pair.Do(1, (core, effects) => core.Admit(pair.Now, request, effects));

        Assert.Equal(expected, request.Outcome);
    }

    private static ThresholdStatus StatusOfBlocked(LeasePair pair) => Assert.Single(
        Assert.Single(pair.AuthorityOf(LeasePair.Tenant).Counters).Thresholds).Status;

    [Fact]
    public void Record_CountsInFullBeyondTheLimit_AndTheNextConsumeIsRefused()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 25, AdmissionMode.Record));
        Assert.Equal(25, pair.Counter(1, LeasePair.Tenant).UsedUnits);
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 1));
    }

    [Fact]
    public void RightsThatWereUnderWay_WhenARecordPassedTheLimit_AdmitNothing()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 8));
        var waiting = pair.AskLater(1, 2);

        // Recorded after the authority was asked, and before its grant arrives.
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 7, AdmissionMode.Record));
        pair.Deliver();
        pair.Pass(10);

        Assert.Equal(AdmissionOutcome.Refused, waiting.Outcome);
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 1));
        Assert.Equal(15, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void RightsThatIdleElsewhere_WhenARecordPassedTheLimit_AreCalledBack()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var check = pair.Ask(2, 6, AdmissionMode.Check);
        pair.Do(2, (core, effects) => core.Refund(pair.Now, check.Key, check.Takes, effects));

        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 12, AdmissionMode.Record));
        pair.Pass(LeaseBounds.ReportIntervalMs);

        Assert.Equal(AdmissionOutcome.Refused, pair.Use(2, 1));
        Assert.Equal(12, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void Check_ThatIsRefundedLeavesNoTrace()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var request = pair.Ask(1, 10, AdmissionMode.Check);
        Assert.Equal(AdmissionOutcome.Admitted, request.Outcome);
        pair.Do(1, (core, effects) => core.Refund(pair.Now, request.Key, request.Takes, effects));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 10));
    }

    [Fact]
    public void Hold_CountsAgainstTheLimit_UntilItIsReleased()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var hold = pair.Reserve(1, 8);
        Assert.Equal(8, pair.Counter(1, LeasePair.Tenant).HeldUnits);
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 3));
        pair.Do(1, (core, effects) => core.Release(pair.Now, hold.Key, hold.Takes, effects));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 3));
        Assert.Equal(0, pair.Counter(1, LeasePair.Tenant).HeldUnits);
    }

    [Fact]
    public void CommitOfLess_GivesTheRestBack()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var hold = pair.Reserve(1, 10);
        var actual = pair.CommitHold(1, hold, 4);
        pair.Do(1, (core, effects) => core.Settle(pair.Now, actual.Key, actual.Takes, effects));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 7));
        pair.Pass(LeaseBounds.ExhaustedCacheMs);
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 6));
    }

    [Fact]
    public void CommitOfMore_CountsInFull()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var hold = pair.Reserve(1, 10);
        var actual = pair.CommitHold(1, hold, 14);
        pair.Do(1, (core, effects) => core.Settle(pair.Now, actual.Key, actual.Takes, effects));
        Assert.Equal(14, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void FailedCommit_RestoresTheHold()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        var hold = pair.Reserve(1, 6);
        var actual = pair.CommitHold(1, hold, 5);
        pair.Do(1, (core, effects) => core.RestoreHold(pair.Now, hold.Takes, actual, effects));
        Assert.Equal(6, pair.Counter(1, LeasePair.Tenant).HeldUnits);
        Assert.Equal(0, pair.Counter(1, LeasePair.Tenant).UsedUnits);
    }

    [Fact]
    public void HoldOfNothing_CommittedAfterTheCounterWasQuiet_IsStillReported()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.NoLimits);
        var hold = pair.Reserve(1, 0);
        pair.Pass(LeaseBounds.IdleScopeMs);
        pair.Do(1, (core, effects) => core.ForgetQuietScopes(pair.Now, effects));
        pair.Pass(LeaseBounds.ReportIntervalMs);
        pair.Do(1, (core, effects) => core.ForgetQuietScopes(pair.Now, effects));
        Assert.True(pair.Edge(1).FindScope(LeasePair.Tenant)!.Attached);

        var actual = pair.CommitHold(1, hold, 3);
        pair.Do(1, (core, effects) => core.Settle(pair.Now, actual.Key, actual.Takes, effects));
        pair.Pass(LeaseBounds.ReportIntervalMs);
        Assert.Equal(3, Assert.Single(pair.AuthorityOf(LeasePair.Tenant).Read(1_000)).UsedUnits);
    }

    [Fact]
    public void FirstLimit_CountsWhatWasUsedBeforeIt()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.NoLimits);
        for (var i = 0; i < 30; i++)
            pair.Use(1 + (i % 2), 1);
        pair.SetLimits(LeasePair.Tenant, LeasePair.Blocked(LeasePair.Tenant, 40, version: 2));
        pair.Pass(LeaseBounds.SyncRetryMs);
        pair.Pass(LeaseBounds.SyncRetryMs);
        Assert.Equal(2, pair.AuthorityOf(LeasePair.Tenant).EffectiveVersion);

        var admitted = 0;
        for (var i = 0; i < 30; i++)
            admitted += pair.Use(1 + (i % 2), 1) == AdmissionOutcome.Admitted ? 1 : 0;
        Assert.Equal(10, admitted);
    }

    [Fact]
    public void LoweredLimit_BindsOnceItIsEffective()
    {
        var pair = new LeasePair(2, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 1_000));
        for (var i = 0; i < 60; i++)
            pair.Use(1 + (i % 2), 1);
        pair.SetLimits(LeasePair.Tenant, LeasePair.Blocked(LeasePair.Tenant, 60, version: 2));
        pair.Pass(LeaseBounds.SyncRetryMs);
        Assert.Equal(2, pair.AuthorityOf(LeasePair.Tenant).EffectiveVersion);
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 1));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(2, 1));
    }

    [Fact]
    public void RemovedLimit_BlocksNothingAnyMore()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 5));
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 6));
        pair.SetLimits(LeasePair.Tenant, new LimitSet(2, []));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 6));
    }

    [Fact]
    public void QuietScope_IsForgotten_AndGoesOnFromItsTotals()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.Blocked(LeasePair.Tenant, 10));
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 7));
        pair.Pass(LeaseBounds.IdleScopeMs);
        for (var i = 0; i < 4 && pair.Edge(1).FindScope(LeasePair.Tenant)!.Attached; i++)
        {
            pair.Do(1, (core, effects) => core.ForgetQuietScopes(pair.Now, effects));
            pair.Pass(LeaseBounds.ReportIntervalMs);
        }

        Assert.False(pair.Edge(1).FindScope(LeasePair.Tenant)!.Attached);
        Assert.Equal(AdmissionOutcome.Admitted, pair.Use(1, 3));
        Assert.Equal(10, pair.Counter(1, LeasePair.Tenant).UsedUnits);
        Assert.Equal(AdmissionOutcome.Refused, pair.Use(1, 1));
    }

    [Fact]
    public void RevokedKey_AdmitsNothing()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.NoLimits);
        pair.Use(1, 1);
        pair.Edge(1).RevokeKey(1);
        Assert.Equal(AdmissionOutcome.KeyRevoked, pair.Ask(1, 1).Outcome);
    }

    [Fact]
    public void SessionThatWasNotRenewed_AdmitsNothing()
    {
        var pair = new LeasePair(1, LeasePair.NoLimits, LeasePair.NoLimits);
        pair.Use(1, 1);
        var late = pair.Now with { MonotonicMs = pair.Now.MonotonicMs + LeaseBounds.SessionTtlMs + 10 };
        var request = new AdmissionRequest { Key = pair.KeyAt(1) };
        Assert.Equal(AdmissionOutcome.SessionLost, pair.Edge(1).Admit(late, request, new EdgeEffects()));
    }
}
