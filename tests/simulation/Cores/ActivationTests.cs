using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Simulation.Cores;

public sealed class ActivationTests
{
    [Fact]
    public void ALimitOfNothing_ThatFiredBeforeTheActivation_ResolvesWhenItIsRaised()
    {
        var none = LeasePair.Blocked(LeasePair.Key, units: 0);
        var counter = new CounterId(MetricId.Requests, PeriodKey.Month(2026, 11));
        var fired = new ThresholdLine(
            1, LimitKind.Blocked, LimitSource.Limit, counter, ThresholdStatus.Fired, 0, 0, RefusedUnits: 7, AtMs: 0);
        var authority = new AuthorityCore(new AuthoritySnapshot(
            LeasePair.Key,
            Epoch: 2,
            none,
            EffectiveVersion: 1,
            Accounts: [],
            Settled: [],
            Thresholds: [fired],
            Armed: [new ArmedThreshold(1, 0)],
            Sessions: []));
        var effects = new AuthorityEffects();

        authority.OnLimits(
            new CoreInstant(0, 0), LeasePair.Blocked(LeasePair.Key, units: 100, version: 2), effects);

        Assert.Contains(
            effects.Persists.SelectMany(static batch => batch.Thresholds),
            static line => line is { LimitId: 1, Status: ThresholdStatus.Resolved });
    }
}
