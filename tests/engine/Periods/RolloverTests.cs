using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.TestSupport.Ledger;
using Xunit;

namespace Sluice.Engine.Periods;

/// <summary>
/// The end of a month in Paris, in the month in which its clocks go back: 2026-10-31T23:00Z, not 22:00Z.
/// </summary>
public sealed class RolloverTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;
    private const long NovemberMs = 1_793_487_600_000;
    private const int October = 202610;
    private const int November = 202611;

    [Fact(Timeout = TimeoutMs)]
    public async Task ALimitThatIsUsedUp_IsFreshFromTheFirstInstantOfTheNewMonth()
    {
        await using var cluster = await StartAsync(NovemberMs - 1);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store, "Europe/Paris");
        await customer.LimitTokensAsync(100);
        Assert.True((await edge.UseAsync(customer, 100)).Counted);
        var refused = await edge.UseAsync(customer, 1);
        Assert.Equal((UsageVerdict.Refused, NovemberMs), (refused.Verdict, refused.Refusal!.Value.ResetsAtMs));

        cluster.Time.WallMs = NovemberMs;

        Assert.True((await edge.UseAsync(customer, 60)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 41)).Verdict);
        Assert.Equal(
            (100L, 60L), (await customer.LedgerTokensAsync(October), await customer.LedgerTokensAsync(November)));
        await edge.CloseAsync();
        Assert.Equal(
            (100L, 60L), (await customer.AccountTokensAsync(October), await customer.AccountTokensAsync(November)));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnHourBeforeTheMonthEndsThere_ItIsStillTheOldOne()
    {
        await using var cluster = await StartAsync(NovemberMs - 3_600_000);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store, "Europe/Paris");

        await edge.UseAsync(customer, 7);

        Assert.Equal(7, await customer.LedgerTokensAsync(October));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WhileRequestsFlow_EachMonthKeepsItsOwnTotal_AndNeitherLimitIsPassed()
    {
        const int Limit = 300;
        await using var cluster = await StartAsync(NovemberMs - 1);
        var edges = new[] { await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync() };
        var customer = await Customer.CreateAsync(store, "Europe/Paris");
        await customer.LimitTokensAsync(Limit);
        var flows = Enumerable.Range(0, 8).Select(i => Task.Run(() => FlowAsync(edges[i % 2], customer))).ToArray();

        await Until.TrueAsync(async () => await customer.LedgerTokensAsync(October) >= Limit / 2);
        cluster.Time.WallMs = NovemberMs;
        var made = await Task.WhenAll(flows);

        foreach (var edge in edges)
            await edge.CloseAsync();
        var (october, november) = (
            await customer.LedgerTokensAsync(October), await customer.LedgerTokensAsync(November));
        Assert.Equal(made.Sum(), october + november);
        Assert.InRange(october, Limit / 2, Limit);
        Assert.Equal(Limit, november);
        Assert.Equal(
            (october, november),
            (await customer.AccountTokensAsync(October), await customer.AccountTokensAsync(November)));
        Assert.Equal(0, await LedgerRows.ScalarAsync<long>(
            store.ConnectionString,
            $"""
             select count(*) from ledger where tenant_id = {customer.TenantId} and kind = 0
               and month = {October} and admitted_at >= '2026-10-31 23:00Z'
             """,
            CancellationToken.None));

        // Continues until the new month is used up too.
        async Task<int> FlowAsync(TestEdge edge, Customer from)
        {
            var counted = 0;
            while (true)
            {
                var inNovember = cluster.Time.WallMs >= NovemberMs;
                var answer = await edge.UseAsync(from, 1);
                counted += answer.Counted ? 1 : 0;
                if (answer.Verdict == UsageVerdict.Refused && inNovember)
                    return counted;
            }
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AReservationOverTheMonthsEnd_CountsWhereItWasMade()
    {
        await using var cluster = await StartAsync(NovemberMs - 1);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store, "Europe/Paris");
        await customer.LimitTokensAsync(100);
        await edge.ReserveAsync(customer, 80, "r");

        cluster.Time.WallMs = NovemberMs;
        Assert.True((await edge.UseAsync(customer, 100)).Counted);
        Assert.True((await edge.CommitAsync(customer, 50, "r")).Counted);

        Assert.Equal(
            (50L, 100L), (await customer.LedgerTokensAsync(October), await customer.LedgerTokensAsync(November)));
        await edge.CloseAsync();
        Assert.Equal(
            (50L, 100L), (await customer.AccountTokensAsync(October), await customer.AccountTokensAsync(November)));
    }

    private async Task<TestCluster> StartAsync(long wallMs)
    {
        var cluster = await TestCluster.StartAsync(store);
        cluster.Time.WallMs = wallMs;
        return cluster;
    }
}
