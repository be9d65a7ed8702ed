using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.Engine.Usage;
using Xunit;

namespace Sluice.Engine.Limits;

public sealed class SharedLimitTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task TwoNodesAndOneLimit_AdmitExactlyTheLimit()
    {
        const int Limit = 500;
        await using var cluster = await TestCluster.StartAsync(store);
        var edges = new[] { await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync() };
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(Limit);

        var answers = await Task.WhenAll(edges.Select(edge => ConsumeAsync(edge, customer, 400)));

        Assert.Equal(Limit, answers.Sum(a => a.Count(x => x.Counted)));
        Assert.All(
            answers.SelectMany(a => a).Where(a => !a.Counted), a => Assert.Equal(UsageVerdict.Refused, a.Verdict));
        Assert.Equal(Limit, await customer.LedgerTokensAsync());
        foreach (var edge in edges)
            await edge.CloseAsync();
        Assert.Equal(Limit, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task RightsThatLieIdleAtOneNode_ArriveWhereTheyAreNeeded_BeforeAnyoneIsRefused()
    {
        const int Limit = 1_000;
        await using var cluster = await TestCluster.StartAsync(store);
        var (idle, busy) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(Limit);

        // A burst makes the first node hold rights for a second of such traffic; then it falls silent.
        var burst = (await ConsumeAsync(idle, customer, 300)).Count(a => a.Counted);
        Assert.Equal(300, burst);
        var rest = new List<Answer>();
        for (var i = 0; i < Limit - burst; i++)
            rest.Add(await busy.UseAsync(customer, 1));

        Assert.All(rest, a => Assert.True(a.Counted));
        Assert.Equal(UsageVerdict.Refused, (await busy.UseAsync(customer, 1)).Verdict);
        Assert.Equal(UsageVerdict.Refused, (await idle.UseAsync(customer, 1)).Verdict);
        Assert.Equal(Limit, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ALimitSetInMidPeriod_IsInForceEverywhereWhenTheCallReturns_AndCountsWhatWasUsedBefore()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (one, two) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await Task.WhenAll(ConsumeAsync(one, customer, 40), ConsumeAsync(two, customer, 30));

        await customer.LimitTokensAsync(75);
        await cluster.Directory.RefreshAsync(customer.Tenant, Cancellation);
        var answers = await Task.WhenAll(ConsumeAsync(one, customer, 20), ConsumeAsync(two, customer, 20));

        Assert.Equal(5, answers.SelectMany(a => a).Count(a => a.Counted));
        Assert.Equal(75, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ALoweredLimit_LetsNothingPassAnyMore_AndARaisedOneLetsInAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (one, two) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        await Task.WhenAll(ConsumeAsync(one, customer, 60), ConsumeAsync(two, customer, 60));

        await customer.LimitTokensAsync(100);
        await cluster.Directory.RefreshAsync(customer.Tenant, Cancellation);
        Assert.Equal(UsageVerdict.Refused, (await AskAsync(one, customer)).Verdict);
        Assert.Equal(UsageVerdict.Refused, (await AskAsync(two, customer)).Verdict);

        await customer.LimitTokensAsync(121);
        await cluster.Directory.RefreshAsync(customer.Tenant, Cancellation);
        var answers = new[] { await AskAsync(one, customer), await AskAsync(two, customer) };
        Assert.Equal(1, answers.Count(a => a.Counted));
        Assert.Equal(121, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ADryRun_TellsWhatWouldHappen_AndChangesNothing()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(10);

        var fits = await edge.Meter.CheckAsync(await edge.MakeAsync(customer, 10));
        Assert.Equal(0, Assert.Single(fits.Readings).UsedUnits);
        Assert.True(Answer.Take(fits).Counted);
        Assert.Equal(
            UsageVerdict.Refused,
            Answer.Take(await edge.Meter.CheckAsync(await edge.MakeAsync(customer, 11))).Verdict);

        Assert.True((await edge.UseAsync(customer, 10)).Counted);
        Assert.Equal(10, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ANodeThatStops_GivesItsRightsBack()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var first = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(400);
        await ConsumeAsync(first, customer, 200);

        await first.CloseAsync();
        await using var next = await TestCluster.StartAsync(store);
        var heir = await next.StartEdgeAsync();
        var answers = await ConsumeAsync(heir, customer, 300);

        Assert.Equal(200, answers.Count(a => a.Counted));
        Assert.Equal(400, await customer.LedgerTokensAsync());
    }

    /// <summary>Asks until there is an answer: a machine that stood still may have cost an edge its session.</summary>
    private static async Task<Answer> AskAsync(TestEdge edge, Customer customer)
    {
        Answer? answer = null;
        await Until.TrueAsync(async () =>
            (answer = await edge.UseAsync(customer, 1)).Verdict != UsageVerdict.Unavailable);
        return answer!;
    }

    private static Task<Answer[]> ConsumeAsync(TestEdge edge, Customer customer, int requests) =>
        Task.WhenAll(Enumerable.Range(0, requests).Select(_ => Task.Run(() => edge.UseAsync(customer, 1))));
}
