using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Storage.Ledger.Leases;

public sealed class ActivationStoreTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly PeriodKey July = PeriodKey.Month(2026, 7);
    private static readonly CounterId Tokens = new(MetricId.TextTokens, July);

    private readonly ScopeId _scope = new(ScopeKind.Tenant, IdText.NewValue());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AScopeThatNobodyEverUsed_StartsAtEpochOne_WithNothing()
    {
        var session = await database.OpenSessionAsync();

        var snapshot = await ActivateAsync();

        Assert.Equal((_scope, 1L, 0L, 0L), (snapshot.Scope, snapshot.Epoch, snapshot.Limits.Version,
            snapshot.EffectiveVersion));
        Assert.Empty(snapshot.Limits.Limits);
        Assert.Empty(snapshot.Accounts);
        Assert.Empty(snapshot.Settled);
        Assert.Contains(session, snapshot.Sessions);
        Assert.Equal(2, (await ActivateAsync()).Epoch);
    }

    [Fact]
    public async Task ManyScopesAtOnce_GetEachTheirOwn()
    {
        var session = await database.OpenSessionAsync();
        var scopes = Enumerable.Range(0, 20).Select(i => new ScopeId((ScopeKind)(i % 4), IdText.NewValue())).ToArray();
        foreach (var scope in scopes)
            await AccountAsync(session, used: scope.Value, scope: scope);

        var snapshots = await Store.ActivateAsync(scopes, PeriodKey.Month(2026, 5), Cancellation);

        Assert.Equal(scopes.Order(), snapshots.Select(s => s.Scope));
        Assert.All(snapshots, s => Assert.Equal(s.Scope.Value, Assert.Single(s.Accounts).UsedUnits));
    }

    [Fact]
    public async Task SettledSessions_AreFoldedOnce_AndRightsOnlyBurnWhereUsageMayHaveBeenAnsweredFromMemory()
    {
        var (durable, memory, living) = (
            await database.OpenSessionAsync(), await database.OpenSessionAsync(), await database.OpenSessionAsync());
        await AccountAsync(durable, used: 10, extra: 1);
        await LeaseAsync(durable, granted: 100, returned: 20, memory: false);
        await AccountAsync(memory, used: 30);
        await LeaseAsync(memory, granted: 100, returned: 15, memory: true);
        await AccountAsync(living, used: 5);
        await LeaseAsync(living, granted: 50, returned: 0, memory: true);
        await SettleAsync(durable, memory);

        for (var time = 0; time < 2; time++)
        {
            var snapshot = await ActivateAsync();
            Assert.Equal([new SettledSnapshot(Tokens, 41, 55)], snapshot.Settled);
            Assert.Equal([new AccountSnapshot(living, Tokens, 50, 0, 5, 0, true)], snapshot.Accounts);
        }
    }

    [Fact]
    public async Task SessionsSettledLater_AreAddedToWhatWasFoldedBefore()
    {
        var (first, second) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        await AccountAsync(first, used: 10);
        await LeaseAsync(second, granted: 8, returned: 0, memory: true);
        await SettleAsync(first);
        Assert.Equal([new SettledSnapshot(Tokens, 10, 0)], (await ActivateAsync()).Settled);

        await SettleAsync(second);

        Assert.Equal([new SettledSnapshot(Tokens, 10, 8)], (await ActivateAsync()).Settled);
    }

    [Fact]
    public async Task AFencedSessionThatIsNotSettled_KeepsItsAccount_AndIsWaitedFor()
    {
        var session = await database.OpenSessionAsync();
        await LeaseAsync(session, granted: 8, returned: 0, memory: false);
        await database.ExecuteAsync($"update edge_session set fenced_at = now() where id = {session.Value}");

        var snapshot = await ActivateAsync();

        Assert.Equal(8, Assert.Single(snapshot.Accounts).GrantedUnits);
        Assert.Contains(session, snapshot.Sessions);
    }

    [Fact]
    public async Task PeriodsThatNoLongerMatter_AreLeftOut_DaysOfThoseMonthsToo()
    {
        var session = await database.OpenSessionAsync();
        int[] periods = [0, 202604, 202605, 202607, 20260430, 20260501, 20260715];
        foreach (var period in periods)
            await AccountAsync(session, used: 1, period: period);
        var dead = await database.OpenSessionAsync();
        foreach (var period in periods)
            await AccountAsync(dead, used: 1, period: period);
        await SettleAsync(dead);

        var snapshot = await ActivateAsync();

        int[] expected = [0, 202605, 202607, 20260501, 20260715];
        Assert.Equal(expected, snapshot.Accounts.Select(a => a.Counter.Period.Value));
        Assert.Equal(expected, snapshot.Settled.Select(s => s.Counter.Period.Value));
    }

    [Fact]
    public async Task Limits_ComeWithTheirVersionAndBoosts()
    {
        await database.ExecuteAsync(
            $"""
             insert into tenant values ({_scope.Value}, 'T', 'b{_scope.Value}', 'UTC', 'en', 'JPY', 0, now(), now());
             insert into limit_version (scope_kind, scope_id, version, effective) values (0, {_scope.Value}, 12, 11);
             insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, percent,
               boosted_value, boosted_until, created_at) values
               ({_scope.Value}, 0, {_scope.Value}, 0, 0, 0, 1, 1001, null, 5000, '2026-07-31Z', now()),
               ({_scope.Value}, 0, {_scope.Value}, 0, 0, 1, 1, 334, 33.3, null, null, now()),
               ({_scope.Value}, 0, {_scope.Value}, 0, 0, 1, 1, 700, null, null, null, now()),
               ({_scope.Value}, 0, {_scope.Value}, 3, 1, 0, 2, 9, null, null, null, now());
             """);

        var limits = await Store.ReadLimitsAsync(_scope, Cancellation);
        var snapshot = await ActivateAsync();

        Assert.Equal(12, limits.Version);
        Assert.Equal(
            [
                (MetricId.Amount, PeriodKind.Month, LimitKind.Blocked, LimitSource.Limit, 1001L, 5000L),
                (MetricId.Amount, PeriodKind.Month, LimitKind.Warning, LimitSource.Limit, 334L, 0L),
                (MetricId.Amount, PeriodKind.Month, LimitKind.Warning, LimitSource.Limit, 700L, 0L),
                (MetricId.TextTokens, PeriodKind.Day, LimitKind.Blocked, LimitSource.Threshold, 9L, 0L),
            ],
            limits.Limits.Select(l => (l.Metric, l.Period, l.Kind, l.Source, l.ValueUnits, l.BoostedUnits)));
        Assert.Equal(1_785_456_000_000, limits.Limits[0].BoostedUntilMs);
        Assert.Equal(limits.Limits, snapshot.Limits.Limits);
        Assert.Equal((12L, 11L), (snapshot.Limits.Version, snapshot.EffectiveVersion));
    }

    [Fact]
    public async Task MarksAndArmedThresholds_AreRemembered()
    {
        var epoch = (await ActivateAsync()).Epoch;
        var line = new ThresholdLine(
            IdText.NewValue(), LimitKind.Blocked, LimitSource.Plan, Tokens, ThresholdStatus.Fired, 50, 60, 3,
            MeteringDatabase.NowMs + 1);
        var armed = new ArmedThreshold(line.LimitId, 50);

        await new LeaseStore(database.Source).PersistAsync(
            [new PersistBatch(_scope, epoch, 1, [], [line], 0, [armed])], Cancellation);

        var snapshot = await ActivateAsync();
        Assert.Equal([line], snapshot.Thresholds);
        Assert.Equal([armed], snapshot.Armed);
    }

    private ActivationStore Store => new(database.Source);

    private async Task<AuthoritySnapshot> ActivateAsync() =>
        Assert.Single(await Store.ActivateAsync([_scope], PeriodKey.Month(2026, 5), Cancellation));

    private Task AccountAsync(
        SessionId session, long used, long extra = 0, int period = 202607, ScopeId? scope = null) =>
        database.ExecuteAsync(
            $"""
             insert into usage_account (scope_kind, scope_id, metric, period, session_id, used, extra, batch) values
             ({(int)(scope ?? _scope).Kind}, {(scope ?? _scope).Value}, 3, {period}, {session.Value}, {used}, {extra},
              1)
             """);

    private Task LeaseAsync(SessionId session, long granted, long returned, bool memory) => database.ExecuteAsync(
        $"""
         insert into lease (scope_kind, scope_id, metric, period, session_id, granted, returned, memory)
         values (0, {_scope.Value}, 3, 202607, {session.Value}, {granted}, {returned}, {memory})
         """);

    private async Task SettleAsync(params SessionId[] sessions)
    {
        foreach (var session in sessions)
            await database.ExecuteAsync($"update edge_session set fenced_at = now() where id = {session.Value}");
        await database.Sessions.SettleAsync(Cancellation);
    }
}
