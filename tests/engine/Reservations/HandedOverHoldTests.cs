using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Engine.Reservations;

/// <summary>
/// Holds whose node has ended. A new cluster is started each time, whose authorities begin from the store.
/// </summary>
public sealed class HandedOverHoldTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task AHold_KeepsOthersOut_AfterItsNodeHasEnded_AndACommitOnAnother_FreesTheRest()
    {
        var customer = await HeldAsync(1_000, 600);
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();

        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 900)).Verdict);
        Assert.True((await edge.UseAsync(customer, 400)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);

        Assert.True((await edge.CommitAsync(customer, 550, "r")).Counted);
        Assert.True((await edge.UseAsync(customer, 50)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);
        Assert.True((await edge.CommitAsync(customer, 550, "r")).Duplicate);
        Assert.Equal(1_000, await customer.LedgerTokensAsync());
        await edge.CloseAsync();
        Assert.Equal(1_000, await customer.AccountTokensAsync());
        Assert.Equal(0, await store.ScalarAsync<long>(
            $"select count(*) from open_hold where {customer.TenantId} = any(scope_ids)"));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ACommitBeyondAHandedOverHold_CountsInFull_AlsoWhenItsNodeDiesAfterwards()
    {
        var customer = await HeldAsync(1_000, 600);
        await using (var cluster = await TestCluster.StartAsync(store))
        {
            var edge = await cluster.StartEdgeAsync();
            Assert.True((await edge.CommitAsync(customer, 700, "r")).Counted);
            await new SessionStore(store.Source, cluster.Time).FenceAsync(edge.Edge.Session, Cancellation);
        }

        await using var after = await TestCluster.StartAsync(store);
        var other = await after.StartEdgeAsync();
        Assert.True((await other.UseAsync(customer, 300)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await other.UseAsync(customer, 1)).Verdict);
        await other.CloseAsync();
        Assert.Equal(1_000, await customer.LedgerTokensAsync());
        Assert.Equal(1_000, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AHandedOverHold_CanBeReleased_Once()
    {
        var customer = await HeldAsync(1_000, 600);
        await using var cluster = await TestCluster.StartAsync(store);
        var (one, other) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => (i % 2 == 0 ? one : other).ReleaseAsync(customer, "r"))));

        Assert.Single(answers, static a => a.Counted);
        Assert.All(answers, static a => Assert.Equal(UsageVerdict.Allowed, a.Verdict));
        Assert.Equal(UsageVerdict.AlreadyReleased, (await other.CommitAsync(customer, 5, "r")).Verdict);
        await Until.TrueAsync(async () => (await one.UseAsync(customer, 1_000)).Counted);
        Assert.Equal(1_000, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyCommitsOfAHandedOverHoldAtOnce_CountOnce()
    {
        var customer = await HeldAsync(1_000, 600);
        await using var cluster = await TestCluster.StartAsync(store);
        var (one, other) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => (i % 2 == 0 ? one : other).CommitAsync(customer, 550, "r"))));

        Assert.Equal(1, answers.Count(static a => a.Counted));
        Assert.Equal(19, answers.Count(static a => a is { Verdict: UsageVerdict.Allowed, Duplicate: true }));
        Assert.Equal(550, await customer.LedgerTokensAsync());
        await one.CloseAsync();
        await other.CloseAsync();
        Assert.Equal(550, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AHandedOverHold_ReturnsAtItsTime_AndALateCommitIsRecorded()
    {
        var customer = await HeldAsync(1_000, 600, ttlSeconds: 60);
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var holds = new HoldStore(store.Source);

        Assert.Equal(0, await holds.SweepAsync(cluster.Time.GetUtcNow().AddMilliseconds(59_999), Cancellation));
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 401)).Verdict);
        Assert.Equal(1, await holds.SweepAsync(cluster.Time.GetUtcNow().AddMilliseconds(60_000), Cancellation));

        await Until.TrueAsync(async () => (await edge.UseAsync(customer, 1_000)).Counted);
        Assert.True((await edge.CommitAsync(customer, 30, "r")).Counted);
        await edge.CloseAsync();
        Assert.Equal(1_030, await customer.LedgerTokensAsync());
        Assert.Equal(1_030, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WhatEndedBeforeItsSession_IsNotHandedOver()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        var (one, other) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        foreach (var id in (string[])["committed", "released", "elsewhere", "expired", "open"])
            await one.ReserveAsync(customer, 100, id, ttlSeconds: id == "expired" ? 60 : 3_600);
        // The message to its node is lost, so that only the ledger says that it has ended.
        other.Edge.Others = null;
        Assert.True((await one.CommitAsync(customer, 10, "committed")).Counted);
        Assert.True((await one.ReleaseAsync(customer, "released")).Counted);
        Assert.True((await other.CommitAsync(customer, 10, "elsewhere")).Counted);
        cluster.Time.WallMs += 60_000;
        await Until.TrueAsync(() => one.Edge.Counts.Reservations == 2);

        await one.CloseAsync();

        Assert.Equal(
            "1 100 0",
            await store.ScalarAsync<string>(
                $"""
                 select string_agg(open || ' ' || held || ' ' || used, ', ') from hold_line
                 where scope_kind = 0 and scope_id = {customer.TenantId} and metric = 3
                 """));
        await other.CloseAsync();
        Assert.Equal(20, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WhileASessionIsBeingSettled_ItsHoldsCannotBeEnded_AndNothingIsCounted()
    {
        var customer = await HeldAsync(1_000, 600);
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await using (var settling = await store.Owner.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await settling.BeginTransactionAsync(Cancellation);
            await using var locking = settling.CreateCommand();
            locking.CommandText =
                $"""
                 select 1 from edge_session
                 where id in (select session_id from open_hold where {customer.TenantId} = any(scope_ids)) for update
                 """;
            await locking.ExecuteNonQueryAsync(Cancellation);

            Assert.Equal(UsageVerdict.Unavailable, (await edge.CommitAsync(customer, 550, "r")).Verdict);
            Assert.Equal(UsageVerdict.Unavailable, (await edge.ReleaseAsync(customer, "r")).Verdict);
            // Others' usage is written meanwhile.
            Assert.True((await edge.UseAsync(customer, 400)).Counted);
            Assert.Equal(400, await customer.LedgerTokensAsync());
        }

        Assert.True((await edge.CommitAsync(customer, 550, "r")).Counted);
        Assert.True((await edge.UseAsync(customer, 50)).Counted);
        await edge.CloseAsync();
        Assert.Equal(1_000, await customer.LedgerTokensAsync());
        Assert.Equal(1_000, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AProlongedHold_ThatIsHandedOver_LivesUntilItsLaterTime_AndCanBeProlongedAgain()
    {
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        await using (var before = await TestCluster.StartAsync(store))
        {
            var holder = await before.StartEdgeAsync();
            await holder.ReserveAsync(customer, 600, "r", ttlSeconds: 60);
            Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(holder, customer, 120));
            await holder.CloseAsync();
        }

        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var holds = new HoldStore(store.Source);
        Assert.Equal(0, await holds.SweepAsync(cluster.Time.GetUtcNow().AddSeconds(119), Cancellation));
        Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(edge, customer, 180));
        Assert.Equal(0, await holds.SweepAsync(cluster.Time.GetUtcNow().AddSeconds(179), Cancellation));
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 401)).Verdict);
        Assert.Equal(1, await holds.SweepAsync(cluster.Time.GetUtcNow().AddSeconds(180), Cancellation));

        await Until.TrueAsync(async () => (await edge.UseAsync(customer, 1_000)).Counted);
    }

    private static async Task<UsageVerdict> ProlongAsync(TestEdge edge, Customer customer, int ttlSeconds)
    {
        var key = await edge.AuthenticateAsync(customer.Secret);
        return Answer.Take(await edge.Meter.ProlongAsync(key!, "r", ttlSeconds, Cancellation)).Verdict;
    }

    /// <summary>Makes a customer with a limit, and a hold "r" of a node that has ended.</summary>
    private async Task<Customer> HeldAsync(long limit, long held, int ttlSeconds = 3_600)
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(limit);
        var edge = await cluster.StartEdgeAsync();
        Assert.Equal(UsageVerdict.Allowed, (await edge.ReserveAsync(customer, held, "r", ttlSeconds)).Verdict);
        await edge.CloseAsync();
        return customer;
    }
}
