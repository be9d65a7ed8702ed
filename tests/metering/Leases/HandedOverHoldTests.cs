using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Leases;

/// <summary>An authority of 100 units; session 1 has ended with a hold of 60, session 2 lives.</summary>
public sealed class HandedOverHoldTests
{
    private static readonly ScopeId Scope = new(ScopeKind.Tenant, 1);
    private static readonly SessionId Ended = new(1);
    private static readonly SessionId Living = new(2);
    private static readonly CounterId Counter = new(MetricId.Requests, new PeriodKey(1));

    private readonly AuthorityEffects _effects = new();
    private AuthorityCore _authority = Activate();
    private long _sequence;
    private long _nowMs = 1_000;

    private CoreInstant Now => new(_nowMs, _nowMs);

    [Fact]
    public void AHoldOfASettledSession_CountsAsHeld()
    {
        Settle(Row(1, 60, 0));
        Assert.Equal((0, 60), Reading());
        Assert.Equal(40, Ask(need: 40));
    }

    [Fact]
    public void ARefusal_WaitsForAReading()
    {
        Settle(Row(1, 60, 0));
        Sync(need: 50);
        Assert.Empty(_effects.Replies);
        var reading = Assert.Single(_effects.HoldReads);

        // Meanwhile another node has committed 20 of the 60: 80 are left.
        Read(reading, Row(0, 0, 20));

        Assert.Equal((50, LeaseVerdict.None), Answer());
        Assert.Equal((20, 0), Reading());
    }

    [Fact]
    public void AReadingFromBeforeTheRequest_ConfirmsNoRefusal()
    {
        Settle(Row(1, 60, 0));
        _nowMs += LeaseBounds.HoldReadMs;
        _authority.Tick(Now, _effects);
        var before = Assert.Single(Take(_effects.HoldReads));
        Sync(need: 50);
        var after = Assert.Single(Take(_effects.HoldReads));

        Read(before, Row(1, 60, 0));
        Assert.Empty(_effects.Replies);
        Read(after, Row(1, 60, 0));

        Assert.Equal((40, LeaseVerdict.Exhausted), Answer());
    }

    [Fact]
    public void Readings_InAnyOrder_EndAtTheLastOne()
    {
        HandedOverSnapshot[] history = [Row(3, 60, 0), Row(2, 40, 15), Row(1, 10, 30), Row(0, 0, 33)];
        foreach (var order in Orders(history))
        {
            _authority = Activate();
            Settle(history[0]);
            var number = 0L;
            foreach (var row in order)
            {
                var (used, held) = Reading();
                Read(++number, row);
                Assert.True(Reading().Used >= used && Reading().Held <= held);
            }

            Assert.Equal((33, 0), Reading());
            Assert.False(_authority.WantsHoldReads);
            Read(++number, history[1]);
            Assert.Equal((33, 0), Reading());
        }
    }

    [Fact]
    public void AHoldOfNothing_IsRead_BecauseItMayBeCommittedWithMore()
    {
        Settle(Row(1, 0, 0));
        Assert.True(_authority.WantsHoldReads);
        Read(1, Row(0, 0, 5));
        Assert.Equal((5, 0), Reading());
    }

    [Fact]
    public void AnActivation_CountsTheHoldsThatItFinds_OnceWithALateSettlement()
    {
        _authority = Activate(sessions: [Living], handedOver: [Row(1, 60, 7)]);
        Assert.Equal((7, 60), Reading());
        Settle(Row(1, 60, 0));
        Assert.Equal((7, 60), Reading());
        Read(1, Row(0, 0, 50));
        Assert.Equal((50, 0), Reading());
    }

    [Fact]
    public void ARowOfAnUnknownSession_IsIgnored()
    {
        Read(1, Row(1, 60, 7));
        Assert.Equal((0, 0), Reading());
    }

    [Fact]
    public void NewLimits_ComeIntoForce_OnlyAfterAReading()
    {
        Settle(Row(1, 60, 0));
        var warning = new Limit(
            2, Scope, MetricId.Requests, PeriodKind.Month, LimitKind.Warning, LimitSource.Limit, 30);
        var next = new LimitSet(2, [Blocked(), warning]);
        _authority.OnLimits(Now, next, _effects);
        _effects.HoldReads.Clear();
        Sync(need: 0, version: 2);
        Persist();
        Assert.Equal(1, _authority.EffectiveVersion);

        // The usage was there before the warning, so the warning does not fire.
        Read(1, Row(0, 0, 35));
        var batches = Persist();

        Assert.Equal(2, _authority.EffectiveVersion);
        Assert.DoesNotContain(batches.SelectMany(b => b.Thresholds), l => l.Status == ThresholdStatus.Fired);
    }

    [Fact]
    public void WhileHoldsAreOpen_TheyAreReadAgain()
    {
        Settle(Row(1, 60, 0));
        for (var i = 0; i < 3; i++)
        {
            _nowMs += LeaseBounds.HoldReadMs;
            _authority.Tick(Now, _effects);
            Assert.Single(Take(_effects.HoldReads));
            _authority.Tick(Now, _effects);
            Assert.Empty(_effects.HoldReads);
        }
    }

    private static AuthorityCore Activate(
        IReadOnlyList<SessionId>? sessions = null, IReadOnlyList<HandedOverSnapshot>? handedOver = null) => new(
        new AuthoritySnapshot(
            Scope, 1, new LimitSet(1, [Blocked()]), 1, [], [], [], [new ArmedThreshold(1, 100)],
            sessions ?? [Ended, Living])
        {
            HandedOver = handedOver ?? [],
        });

    private static Limit Blocked() =>
        new(1, Scope, MetricId.Requests, PeriodKind.Month, LimitKind.Blocked, LimitSource.Limit, 100);

    private static HandedOverSnapshot Row(int open, long held, long used) => new(Ended, Counter, open, held, used);

    private static IEnumerable<IReadOnlyList<HandedOverSnapshot>> Orders(IReadOnlyList<HandedOverSnapshot> rows)
    {
        if (rows.Count == 0)
            return [[]];
        return
            from first in rows
            from others in Orders([.. rows.Where(r => r != first)])
            select (IReadOnlyList<HandedOverSnapshot>)[first, .. others];
    }

    private static T[] Take<T>(List<T> list)
    {
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }

    private void Settle(HandedOverSnapshot row)
    {
        _authority.OnSessionSettled(Now, Ended, [], [row], _effects);
        _effects.HoldReads.Clear();
    }

    private void Read(long number, HandedOverSnapshot row) =>
        _authority.OnHoldsRead(Now, number, [row], _effects);

    private (long Used, long Held) Reading()
    {
        var reading = _authority.Read(_nowMs).FirstOrDefault();
        return (reading.UsedUnits, reading.HeldUnits);
    }

    private long Ask(long need)
    {
        Sync(need);
        return Answer().Granted;
    }

    private void Sync(long need, long version = 1)
    {
        var report = new CounterReport(Counter, 0, 0, 0, 0, 0, 0, 0, need, false, 0, 0);
        var sync = new SyncRequest(Living, Scope, ++_sequence, version, 1, false, false, [report]);
        _authority.OnSync(Now, sync, _effects);
    }

    private (long Granted, LeaseVerdict Verdict) Answer()
    {
        Persist();
        var line = Assert.Single(Assert.Single(Take(_effects.Replies)).Reply.Lines);
        return (line.GrantedUnits, line.Verdict);
    }

    private List<PersistBatch> Persist()
    {
        var batches = new List<PersistBatch>();
        while (_effects.Persists.Count > 0)
        {
            foreach (var batch in Take(_effects.Persists))
            {
                batches.Add(batch);
                _authority.OnPersisted(Now, batch.Number, PersistOutcome.Done, [], _effects);
            }
        }

        return batches;
    }
}
