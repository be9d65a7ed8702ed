using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Ledger;
using Sluice.Engine.Nodes;
using Sluice.Engine.Usage;
using Xunit;

namespace Sluice.Engine.Edges;

public sealed class GroupCommitTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyAtOnce_AreAllAnsweredAndOnDisk_InFarFewerBatches()
    {
        const int Requests = 2_000;
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => edge.UseAsync(customer, 2)));

        Assert.All(answers, a => Assert.True(a.Counted));
        Assert.Equal(2 * Requests, await customer.LedgerTokensAsync());
        var batches = await store.ScalarAsync<long>(
            $"select batch from edge_session where id = {edge.Edge.Session.Value}");
        Assert.InRange(batches, 1, Requests / 2);
        await edge.CloseAsync();
        Assert.Equal(2 * Requests, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyOfOneIdInOneBatch_CountOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        await edge.UseAsync(customer, 1);
        var events = new List<UsageEvent>();
        for (var i = 0; i < 50; i++)
            events.Add(await edge.MakeAsync(customer, 5, id: "same"));

        await edge.Meter.SubmitAsync(events);

        var answers = events.ConvertAll(Answer.Take);
        Assert.Equal(1, answers.Count(a => a.Counted));
        Assert.Equal(49, answers.Count(a => a is { Verdict: UsageVerdict.Allowed, Duplicate: true }));
        Assert.Equal(6, await customer.LedgerTokensAsync());
        await edge.CloseAsync();
        Assert.Equal(6, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARepeatInALaterBatch_AnswersTheFirstOutcome_AndAnotherBodyIsAConflict()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (first, second) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);

        Assert.True((await first.UseAsync(customer, 5, "event")).Counted);

        foreach (var edge in (TestEdge[])[first, second, first])
        {
            Assert.Equal((UsageVerdict.Allowed, true), Summary(await edge.UseAsync(customer, 5, "event")));
            Assert.Equal((UsageVerdict.IdConflict, false), Summary(await edge.UseAsync(customer, 6, "event")));
        }

        Assert.Equal(5, await customer.LedgerTokensAsync());
        Assert.True((await first.UseAsync(await customer.AnotherKeyAsync(), 5, "event")).Counted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnIdThatWasAdmitted_IsARepeat_EvenWhereTheLimitWouldRefuseItNow()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(10);
        Assert.True((await edge.UseAsync(customer, 10, "first")).Counted);

        Assert.Equal((UsageVerdict.Refused, false), Summary(await edge.UseAsync(customer, 1, "second")));
        Assert.Equal((UsageVerdict.Allowed, true), Summary(await edge.UseAsync(customer, 10, "first")));
        Assert.Equal((UsageVerdict.IdConflict, false), Summary(await edge.UseAsync(customer, 9, "first")));

        // A refused event is counted nowhere, so the same id is admitted once there is room.
        await customer.LimitTokensAsync(11);
        await cluster.Directory.RefreshAsync(customer.Tenant, TestContext.Current.CancellationToken);
        Assert.True((await edge.UseAsync(customer, 1, "second")).Counted);
        Assert.Equal(11, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AFullQueue_RefusesWhatIsBeyondIt_AndCountsNothingOfThat()
    {
        // One tenant may fill as much as is still free, which is half.
        const int Share = LedgerBounds.QueueMax / 2;
        const int Beyond = 50;
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        // Its checkpoint is done, and with the clock stopped none is due while the row is locked.
        await store.UntilAsync(
            $"exists (select from edge_session where id = {edge.Edge.Session.Value} and checkpoint > 0)");
        cluster.Time.Stop();
        var events = new List<UsageEvent>();
        Task<Answer> stuck;
        Task waiting;
        await using (await LedgerBlock.TakeAsync(store, edge.Edge.Session))
        {
            stuck = edge.UseAsync(customer, 1);
            await store.UntilALockIsAwaitedAsync();
            // The heartbeat waits for the same lock, so the writer may not have picked up the event yet.
            while (edge.Edge.Counts.Queued > 0)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            for (var i = 0; i < Share + Beyond; i++)
                events.Add(await edge.MakeAsync(customer, 1));
            waiting = Task.WhenAll(events.ConvertAll(e => edge.Meter.SubmitAsync(e).AsTask()));
            Assert.Equal(Share, edge.Edge.Counts.Queued);
        }

        await waiting;

        Assert.True((await stuck).Counted);
        Assert.Equal(Beyond, events.Count(e => e.Verdict == UsageVerdict.Overloaded));
        Assert.Equal(Share, events.Count(e => e.Verdict == UsageVerdict.Allowed));
        Assert.Equal(Share + 2, await customer.LedgerTokensAsync());
        cluster.Time.Resume();
        await edge.CloseAsync();
        Assert.Equal(Share + 2, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARecordedEvent_CountsInFull_BeyondTheLimit_AndTheNextIsRefused()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(10);
        Assert.True((await edge.UseAsync(customer, 8)).Counted);

        Assert.True((await edge.UseAsync(customer, 30, record: true)).Counted);
        var refused = await edge.UseAsync(customer, 1);

        Assert.Equal(UsageVerdict.Refused, refused.Verdict);
        Assert.Equal((10L, 38L), (refused.Refusal!.Value.ValueUnits, refused.Refusal.Value.UsedUnits));
        await edge.CloseAsync();
        Assert.Equal(38, await customer.AccountTokensAsync());
    }

    private static (UsageVerdict Verdict, bool Duplicate) Summary(Answer answer) => (answer.Verdict, answer.Duplicate);
}
