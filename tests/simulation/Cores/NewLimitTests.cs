using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Simulation.Timeline;
using Xunit;

namespace Sluice.Simulation.Cores;

public sealed class NewLimitTests
{
    /// <summary>
    /// A limit that an edge may not know of yet: the first request of another edge waits for it, and longer than for
    /// rights that are recalled, but not for ever.
    /// </summary>
    [Fact]
    public void ANewLimit_GrantsNothing_UntilEveryEdgeKnowsIt_AndTheRequestWaitsForThat()
    {
        var (first, second) = (new SessionId(1), new SessionId(2));
        var authority = new AuthorityCore(new AuthoritySnapshot(
            LeasePair.Key, 1, LeasePair.Blocked(LeasePair.Key, 100), EffectiveVersion: 0, [], [], [], [],
            [first, second]));
        var effects = new AuthorityEffects();
        var need = default(CounterReport) with
        {
            Counter = new CounterId(MetricId.Requests, PeriodKey.Month(1970, 1)),
            NeedUnits = 5,
        };

        Assert.Null(Sync(first, atMs: 0, sequence: 1));
        Assert.Null(AnswerAt(LeaseBounds.ArmWaitMs - 1));
        Assert.Equal((LeaseVerdict.Stranded, 0), AnswerAt(LeaseBounds.ArmWaitMs));

        Sync(second, LeaseBounds.ArmWaitMs, sequence: 1);
        Assert.Equal((LeaseVerdict.None, 5), Sync(first, LeaseBounds.ArmWaitMs, sequence: 2));

        (LeaseVerdict Verdict, long Granted)? Sync(SessionId session, long atMs, long sequence)
        {
            authority.OnSync(
                new CoreInstant(atMs, atMs),
                new SyncRequest(session, LeasePair.Key, sequence, LimitVersion: 1, 1, sequence == 1, false, [need]),
                effects);
            return AnswerAt(atMs);
        }

        // What the authority answers the first edge by then, once all that it writes is on disk.
        (LeaseVerdict Verdict, long Granted)? AnswerAt(long ms)
        {
            var now = new CoreInstant(ms, ms);
            authority.Tick(now, effects);
            while (effects.Persists.Count > 0)
            {
                var batches = effects.Persists.ToArray();
                effects.Persists.Clear();
                foreach (var batch in batches)
                    authority.OnPersisted(now, batch.Number, PersistOutcome.Done, [], effects);
            }

            var reply = effects.Replies.Where(answer => answer.Session == first)
                .Select(static answer => answer.Reply).LastOrDefault();
            effects.Clear();
            return reply is null ? null : (reply.Lines[0].Verdict, reply.Lines[0].GrantedUnits);
        }
    }
}
