using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Storage.Ledger.Leases;

public sealed class MissedThresholdsTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly DateTimeOffset Now = new(2026, 7, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly ScopeId _scope = new(ScopeKind.Tenant, IdText.NewValue());

    /// <summary>The period of a limit, and the period of its usage.</summary>
    [Theory]
    [InlineData(0, 202607)]
    [InlineData(0, 202606)]
    [InlineData(1, 20260715)]
    [InlineData(2, 0)]
    public async Task WhatUsageReachedUnseen_IsFound_UntilItIsMarked(int period, int usedIn)
    {
        var limit = await ArmAsync(period, 50);
        await SettleAsync(usedIn, 30);
        Assert.False(await IsFoundAsync());

        // The rest is in the account of a session that is still running.
        var session = await database.OpenSessionAsync();
        await database.ExecuteAsync(
            $"""
             insert into usage_account values (0, {_scope.Value}, {MetricId.TextTokens.Value}, {usedIn},
               {session.Value}, 15, 5, 1)
             """);
        Assert.True(await IsFoundAsync());

        await database.ExecuteAsync(
            $"""
             insert into threshold_mark (limit_id, value, period, scope_kind, scope_id, metric, mark, used, refused, at,
               limit_kind, source)
             values ({limit}, 50, {usedIn}, 0, {_scope.Value}, {MetricId.TextTokens.Value}, 2, 50, 0, now(), 0, 2)
             """);
        Assert.False(await IsFoundAsync());
    }

    [Theory]
    [InlineData(0, 202605)]
    [InlineData(0, 20260715)]
    [InlineData(1, 202607)]
    [InlineData(1, 20260531)]
    [InlineData(2, 202607)]
    public async Task UsageOfAnotherPeriod_ReachesNothing(int period, int usedIn)
    {
        await ArmAsync(period, 50);
        await SettleAsync(usedIn, 100);

        Assert.False(await IsFoundAsync());
    }

    private async Task<bool> IsFoundAsync() =>
        (await new MissedThresholds(database.Source).FindAsync(
            PeriodKey.Month(2026, 6), Now, TestContext.Current.CancellationToken)).Contains(_scope);

    private Task SettleAsync(int period, int used) => database.ExecuteAsync(
        $"insert into settled_usage values (0, {_scope.Value}, {MetricId.TextTokens.Value}, {period}, {used}, 0)");

    private Task<long> ArmAsync(int period, int value) => database.ScalarAsync<long>(
        $"""
         insert into tenant values ({_scope.Value}, '', '{_scope.Value}', 'UTC', 'en', 'EUR', 0, now(), now());
         with set as (
           insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
           values ({_scope.Value}, 0, {_scope.Value}, {MetricId.TextTokens.Value}, {period}, 0, 2, {value}, now())
           returning id)
         insert into threshold_armed (scope_kind, scope_id, limit_id, value)
         select 0, {_scope.Value}, id, {value} from set returning limit_id
         """);
}
