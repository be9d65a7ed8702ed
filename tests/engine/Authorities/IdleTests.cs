using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Engine.Authorities;

public sealed class IdleTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task AnAuthorityThatNobodyAsks_IsForgotten_AndStartsAgainWithExactNumbers()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(100);
        for (var round = 1; round <= 3; round++)
        {
            for (var i = 0; i < 20; i++)
                Assert.True((await edge.UseAsync(customer, 1)).Counted);
            await FallSilentAsync(cluster);
            await Until.TrueAsync(() => edge.Edge.Accepting);
            Assert.Equal(20 * round, await customer.AccountTokensAsync());
            Assert.Null(await cluster.Directory.ReadAsync(customer.Tenant, TestContext.Current.CancellationToken));
        }

        Assert.True((await edge.UseAsync(customer, 40)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);
        Assert.True(await store.ScalarAsync<long>(
            $"select epoch from authority_epoch where scope_kind = 0 and scope_id = {customer.TenantId}") >= 4);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AQuietScope_GivesItsRightsBack_AndOthersCanUseThemAll()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (quiet, busy) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(500);
        // Rights are granted for the request and some more, but that surplus may be used up at any moment.
        var used = 0;
        await Until.TrueAsync(async () =>
        {
            Assert.True((await quiet.UseAsync(customer, 1)).Counted);
            used++;
            return await OutstandingAsync(customer) > 0;
        });

        await Until.TrueAsync(async () =>
        {
            cluster.Time.Advance(1_000);
            return await OutstandingAsync(customer) == 0;
        });
        await Until.TrueAsync(() => quiet.Edge.Accepting && busy.Edge.Accepting);

        // An edge that has just reconnected may be asked to retry a few times.
        await Until.TrueAsync(async () => (await busy.UseAsync(customer, 500 - used)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await quiet.UseAsync(customer, 1)).Verdict);
        Assert.Equal(500, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AScopeThatWasForgotten_GoesOnFromWhereItWas()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        for (var round = 0; round < 4; round++)
        {
            Assert.True((await edge.UseAsync(customer, 10)).Counted);
            await FallSilentAsync(cluster);
            await Until.TrueAsync(() => edge.Edge.Accepting);
        }

        Assert.True((await edge.UseAsync(customer, 10, record: true)).Counted);
        await edge.CloseAsync();
        Assert.Equal(50, await customer.AccountTokensAsync());
        Assert.Equal(50, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AReservation_KeepsItsHold_WhileEverythingAroundItIsForgotten()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, other) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(100);
        await edge.ReserveAsync(customer, 60, "r", ttlSeconds: 3_600);

        await FallSilentAsync(cluster);
        await Until.TrueAsync(() => edge.Edge.Accepting && other.Edge.Accepting);

        Assert.Equal(UsageVerdict.Refused, (await other.UseAsync(customer, 41)).Verdict);
        Assert.True((await other.UseAsync(customer, 40)).Counted);
        Assert.True((await edge.CommitAsync(customer, 60, "r")).Counted);
        Assert.Equal(100, await customer.LedgerTokensAsync());
    }

    /// <summary>Advances time in steps that every loop notices, until no authority is left in memory.</summary>
    private static Task FallSilentAsync(TestCluster cluster) => Until.TrueAsync(() =>
    {
        cluster.Time.Advance(1_000);
        return cluster.Directory.Count == 0;
    });

    private Task<long> OutstandingAsync(Customer customer) => store.ScalarAsync<long>(
        $"""
         select coalesce(sum(l.granted - l.returned - coalesce(a.used, 0)), 0)::bigint from lease l
         left join usage_account a using (scope_kind, scope_id, metric, period, session_id)
         where l.scope_kind = {(int)ScopeKind.Tenant} and l.scope_id = {customer.TenantId}
         """);
}
