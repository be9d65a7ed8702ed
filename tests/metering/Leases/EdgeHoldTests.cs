using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Leases;

public sealed class EdgeHoldTests
{
    [Fact]
    public void AHold_StaysHeld_UntilItsCommitIsOnDisk()
    {
        var edge = new LoneEdge(limitUnits: 10, grantedUnits: 10);
        var hold = edge.Reserve(10);

        var commit = edge.Commit(hold, 4);

        Assert.Equal((0, 10, 0), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
        edge.Do((core, effects) => core.Settle(edge.Now, edge.Key, commit.Takes, effects));
        Assert.Equal((6, 0, 4), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
    }

    [Fact]
    public void ACommitOfMore_TakesOnlyTheRemainderFromRights()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var hold = edge.Reserve(10);

        var commit = edge.Commit(hold, 15);

        Assert.Equal((0, 10, 5), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
        var take = Assert.Single(commit.Takes.Items.ToArray());
        Assert.Equal((12, 3), (take.RightsUnits, take.ExtraUnits));
        edge.Do((core, effects) => core.Settle(edge.Now, edge.Key, commit.Takes, effects));
        Assert.Equal((0, 0, 15), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
    }

    [Fact]
    public void AFailedCommit_LeavesTheHoldAsItWas()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var hold = edge.Reserve(10);
        var commit = edge.Commit(hold, 15);

        edge.Do((core, effects) => core.RestoreHold(edge.Now, hold.Takes, commit, effects));

        Assert.Equal((2, 10, 0), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
        commit = edge.Commit(hold, 1);
        edge.Do((core, effects) => core.Settle(edge.Now, edge.Key, commit.Takes, effects));
        Assert.Equal((11, 0, 1), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
    }

    [Fact]
    public void ACommitThatRepeatsOneElsewhere_EndsTheHold_AndCountsNothing()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var hold = edge.Reserve(10);
        var commit = edge.Commit(hold, 15);

        edge.Do((core, effects) => core.Refund(edge.Now, edge.Key, commit.Takes, effects));

        Assert.Equal((12, 0, 0), (edge.Counter.Rights, edge.Counter.HeldUnits, edge.Counter.UsedUnits));
    }

    [Fact]
    public void AHoldFromBeforeTheLimit_IsCommittedWithoutRights()
    {
        var edge = new LoneEdge(limitUnits: null, grantedUnits: 0);
        var hold = edge.Reserve(10);

        var commit = edge.Commit(hold, 7);
        edge.Do((core, effects) => core.Settle(edge.Now, edge.Key, commit.Takes, effects));

        Assert.Equal((0, 7), (edge.Counter.HeldUnits, edge.Counter.UsedUnits));
        Assert.Equal(7, edge.Counter.Extra);
    }

    [Theory]
    [InlineData(4, 4, 0)]
    [InlineData(10, 10, 0)]
    [InlineData(13, 10, 3)]
    public void TheCommitOfAHandedOverHold_TakesOnlyWhatIsBeyondIt(long units, long ofHold, long here)
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var month = edge.Ask(1).Takes.Items[0].Counter.Id;

        var commit = edge.Ask(units, AdmissionMode.Record, Handed(month, 10));

        Assert.Equal(AdmissionOutcome.Admitted, commit.Outcome);
        Assert.Equal([new HoldUse(LoneEdge.Scope, month, 10, ofHold)], commit.HoldUses);
        Assert.Equal(here, commit.Takes.Items.ToArray().Sum(t => t.RightsUnits + t.ExtraUnits));
        Assert.Equal(11 - here, edge.Counter.Rights);
    }

    [Fact]
    public void TheCommitOfAHoldOfAnEndedPeriod_CountsThere_AndTakesNothingHere()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var ended = edge.Ask(1).Takes.Items[0].Counter.Id with { Period = new PeriodKey(0) };

        var commit = edge.Ask(15, AdmissionMode.Record, Handed(ended, 10));

        Assert.Equal([new HoldUse(LoneEdge.Scope, ended, 10, 15)], commit.HoldUses);
        Assert.Equal(0, commit.Takes.Count);
    }

    [Fact]
    public void AMetricThatTheHoldDoesNotHave_CountsHere()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        var other = edge.Ask(1).Takes.Items[0].Counter.Id with { Metric = MetricId.TextTokens };

        var commit = edge.Ask(5, AdmissionMode.Record, Handed(other, 10));

        Assert.Equal([new HoldUse(LoneEdge.Scope, other, 10, 0)], commit.HoldUses);
        Assert.Equal(5, Assert.Single(commit.Takes.Items.ToArray()).RightsUnits);
    }

    [Fact]
    public void ARecallForAForgottenCounter_IsFollowed_OnceTheAuthorityHasSaidItsTotals()
    {
        var edge = new LoneEdge(limitUnits: 20, grantedUnits: 12);
        edge.Now = new(1_500, 1_500);
        var current = edge.Ask(1).Takes.Items[0].Counter.Id;
        var ended = current with { Period = new PeriodKey(current.Period.Value - 1) };
        var effects = new EdgeEffects();

        edge.Core.OnRecall(edge.Now, new Recall(LoneEdge.Scope, 1, 7, ended, 0), effects);
        var asked = Assert.Single(effects.Syncs);
        Assert.Equal(0, Assert.Single(asked.Reports, r => r.Counter == ended).ReturnedUnits);
        effects.Syncs.Clear();
        edge.Core.OnReply(
            edge.Now,
            new SyncReply(
                LoneEdge.Scope, 1, asked.Sequence, edge.Core.FindScope(LoneEdge.Scope)!.Limits, true,
                [LoneEdge.Line(ended, granted: 9, used: 2, returned: 3)]),
            effects);
        edge.Core.Tick(edge.Now with { MonotonicMs = 2_000 }, effects);

        var report = Assert.Single(Assert.Single(effects.Syncs).Reports, r => r.Counter == ended);
        Assert.Equal((9, 2, 7), (report.GrantedUnits, report.UsedUnits, report.ReturnedUnits));
    }

    private static HandedOverHold Handed(CounterId counter, long units) =>
        new([new HoldLine(LoneEdge.Scope, counter, units, 0)]);
}
