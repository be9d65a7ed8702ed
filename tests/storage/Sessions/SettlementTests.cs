using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Leases;
using Xunit;

namespace Sluice.Storage.Ledger.Sessions;

public sealed class SettlementTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly CounterId Tokens = new(MetricId.TextTokens, PeriodKey.Month(2026, 7));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADeadSession_LeavesWhatItsLedgerHolds_WhateverItsAccountsHadSeenOfIt()
    {
        const int Seeds = 40;
        var firstSeed = Environment.TickCount & 0xFFFF;
        var histories = Enumerable.Range(firstSeed, Seeds).Select(s => (Seed: s, History: new History(s))).ToArray();
        foreach (var (_, history) in histories)
            await history.LiveAsync(database, await database.OpenSessionAsync());

        await EndAllAsync();
        await CompareAsync(histories);

        // Nothing is left to do, so a second time changes nothing.
        await database.Sessions.SettleAsync(Cancellation);
        await CompareAsync(histories);
    }

    [Fact]
    public async Task ASessionThatTwoNodesSettleAtOnce_IsAddedUpOnce()
    {
        var tenant = IdText.NewValue();
        await database.WriteAsync(await database.OpenSessionAsync(), 1, [SampleEntry.New(tenant, units: 70)]);
        await database.Sessions.FencePredecessorsAsync(database.Node, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => new SessionStore(database.Source).SettleAsync(Cancellation)));

        Assert.Equal(70, await UsedAsync(new ScopeId(ScopeKind.Tenant, tenant)));
        Assert.Equal(
            70, await database.ScalarAsync<long>($"select value from usage_rollup where tenant_id = {tenant}"));
    }

    [Fact]
    public async Task ALivingSession_IsLeftAlone()
    {
        var tenant = IdText.NewValue();
        var session = await database.OpenSessionAsync();
        await database.WriteAsync(session, 1, [SampleEntry.New(tenant)]);

        await database.Sessions.SettleAsync(Cancellation);

        Assert.Equal(0, await UsedAsync(new ScopeId(ScopeKind.Tenant, tenant)));
        await database.WriteAsync(session, 2, []);
    }

    [Fact]
    public async Task ASessionThatClosesItself_OwesNothingToMemory()
    {
        var tenant = new ScopeId(ScopeKind.Tenant, IdText.NewValue());
        var session = await database.OpenSessionAsync();
        await database.WriteAsync(session, 1, [SampleEntry.New(tenant.Value, units: 30)]);
        await database.ExecuteAsync(
            $"""
             insert into lease (scope_kind, scope_id, metric, period, session_id, granted, returned, memory)
             values (0, {tenant.Value}, 3, 202607, {session.Value}, 100, 0, true)
             """);

        await database.Sessions.CloseAsync(session, Cancellation);

        var snapshot = Assert.Single(
            await new ActivationStore(database.Source).ActivateAsync([tenant], PeriodKey.Month(2026, 5), Cancellation));
        Assert.Contains(new(Tokens, 30, 0), snapshot.Settled);
        Assert.DoesNotContain(session, snapshot.Sessions);
    }

    private async Task EndAllAsync()
    {
        await database.Sessions.FencePredecessorsAsync(database.Node, Cancellation);
        await database.Sessions.SettleAsync(Cancellation);
    }

    private async Task<long> UsedAsync(ScopeId scope) =>
        (await new CounterStore(database.Source).ReadAsync([scope], [Tokens.Period], Cancellation))
        .Where(r => r.Counter == Tokens).Sum(r => r.UsedUnits);

    private async Task CompareAsync(IEnumerable<(int Seed, History History)> histories)
    {
        foreach (var (seed, history) in histories)
        {
            var range = $"between {history.FirstTenant} and {history.FirstTenant + 999}";
            var accounts = await database.RowsAsync(
                $"""
                 select scope_kind, scope_id, metric, period, used + extra from usage_account
                 where scope_id {range} order by 1, 2, 3, 4
                 """);
            var expected = history.ExpectedUnits
                .OrderBy(e => e.Key.Scope)
                .ThenBy(e => e.Key.Counter.Metric.Value).ThenBy(e => e.Key.Counter.Period.Value)
                .Select(e => $"{(int)e.Key.Scope.Kind}|{e.Key.Scope.Value}|{e.Key.Counter.Metric.Value}"
                    + $"|{e.Key.Counter.Period.Value}|{e.Value}");
            Assert.True(expected.SequenceEqual(accounts), Difference("accounts", seed, expected, accounts));

            var sums = await database.RowsAsync(
                $"""
                 select tenant_id, (extract(epoch from bucket) * 1000)::bigint, month, key_id, project_id,
                   seat_id, member, model, metric, value, unpriced from usage_rollup where tenant_id {range}
                 """);
            var expectedSums = history.ExpectedSums.Select(s =>
                $"{s.Key.TenantId}|{s.Key.BucketMs}|{s.Key.Month}|{s.Key.KeyId}|{s.Key.ProjectId}|{s.Key.SeatId}"
                + $"|{s.Key.Member}|{s.Key.Model}|{s.Key.Metric}|{s.Value.Units}|{s.Value.Unpriced}").Order().ToArray();
            Assert.True(
                expectedSums.SequenceEqual(sums.Order()), Difference("sums", seed, expectedSums, sums));
        }
    }

    private static string Difference(string what, int seed, IEnumerable<string> expected, IEnumerable<string> found) =>
        $"Seed {seed}: {what} differ. Missing: {string.Join("; ", expected.Except(found))}. "
        + $"Unexpected: {string.Join("; ", found.Except(expected))}.";
}
