using Sluice.Engine.Events;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class LaggingAccountsTests
{
    private readonly LaggingAccounts _accounts = new();
    private readonly UsageEventPool _pool = new();
    private readonly EdgeScope _scope = new(new ScopeId(ScopeKind.Key, 7), TenantCalendar.Utc);

    [Fact]
    public void AnAccount_IsWhatAllBatchesCounted_WithAndWithoutRights()
    {
        var counter = NewCounter(MetricId.TextTokens);
        _accounts.Add([Event(counter, rights: 5, extra: 1)], 1);
        _accounts.Add([Event(counter, rights: 7, extra: 0), Event(counter, rights: 0, extra: 2)], 1);

        var line = Assert.Single(_accounts.Plan(full: true)!.Accounts);
        Assert.Equal((12, 3), (line.UsedUnits, line.ExtraUnits));
    }

    [Fact]
    public void HoldsTheirReleasesAndTheirProlongation_AreNotUsage()
    {
        var counter = NewCounter(MetricId.TextTokens);
        _accounts.Add(
            [
                .. ((EntryKind[])[EntryKind.Reserve, EntryKind.Release, EntryKind.Prolong]).Select(
                    kind => Event(counter, rights: 5, extra: 0, kind)),
            ],
            1);

        Assert.True(_accounts.Empty);
        Assert.True(_accounts.Plan(full: false) is { Full: true, Accounts.Count: 0 });
    }

    [Fact]
    public void ABatchThatWasNotWritten_IsTakenBackWhole()
    {
        var counter = NewCounter(MetricId.TextTokens);
        var (kept, failed) = (Event(counter, rights: 5, extra: 1), Event(counter, rights: 3, extra: 2));
        _accounts.Add([kept], 1);
        _accounts.Add([failed], 1);
        _accounts.Add([failed], -1);

        var line = Assert.Single(_accounts.Plan(full: true)!.Accounts);
        Assert.Equal((5, 1), (line.UsedUnits, line.ExtraUnits));
    }

    [Fact]
    public void UsageBeyondRightsOfALimitedCounter_GoesWithItsBatch_AndTheRestWaits()
    {
        var (limited, free) = (NewCounter(MetricId.TextTokens), NewCounter(MetricId.Requests));
        limited.LimitUnits = 10;
        _accounts.Add([Event(limited, rights: 5, extra: 0), Event(free, rights: 0, extra: 1)], 1);
        Assert.Null(_accounts.Plan(full: false));

        _accounts.Add([Event(limited, rights: 0, extra: 4), Event(free, rights: 0, extra: 1)], 1);

        var plan = _accounts.Plan(full: false)!;
        Assert.False(plan.Full);
        Assert.Equal(limited.Id, Assert.Single(plan.Accounts).Counter);
    }

    [Fact]
    public void AfterACheckpoint_NothingIsLeftToWrite()
    {
        var counter = NewCounter(MetricId.TextTokens);
        _accounts.Add([Event(counter, rights: 5, extra: 0)], 1);
        Assert.Equal((false, 1), (_accounts.Empty, _accounts.Count));

        _accounts.Plan(full: true);
        _accounts.Written();

        Assert.Equal((true, false), (_accounts.Empty, counter.LedgerLags));
    }

    private EdgeCounter NewCounter(MetricId metric) =>
        new(_scope, new CounterId(metric, PeriodKey.Month(2026, 7)), long.MaxValue);

    private UsageEvent Event(EdgeCounter counter, long rights, long extra, EntryKind kind = EntryKind.Consume)
    {
        var usage = _pool.Rent();
        usage.Entry.Kind = kind;
        usage.Takes.Add(counter, rights, extra);
        return usage;
    }
}
