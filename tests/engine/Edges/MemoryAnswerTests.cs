using Npgsql;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Edges;

public sealed class MemoryAnswerTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task WhereNothingIsLimited_TheAnswerDoesNotWaitForTheDisk()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        cluster.Time.Stop();

        await using (await LedgerBlock.TakeAsync(store, edge.Edge.Session))
        {
            Assert.True((await edge.UseAsync(customer, 5, memory: true)).Counted);
            Assert.Equal(1, await customer.LedgerTokensAsync());
        }

        cluster.Time.Resume();
        await edge.CloseAsync();
        Assert.Equal(6, await customer.LedgerTokensAsync());
        Assert.Equal(6, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task RightsThatWereNotGrantedForIt_AreNotAnsweredFromMemory_HoweverLongTheRequestWaitedForThem()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        cluster.Time.Stop();
        Task<Answer> answer;
        await using (await LedgerBlock.TakeAsync(store, edge.Edge.Session))
        {
            // The first request finds no rights and waits for them; they come without permission for memory answers.
            answer = edge.UseAsync(customer, 5, memory: true);
            await store.UntilALockIsAwaitedAsync();

            Assert.False(answer.IsCompleted);
            Assert.Equal(0, await customer.LedgerTokensAsync());
        }

        Assert.True((await answer).Counted);
        Assert.Equal(5, await customer.LedgerTokensAsync());
        cluster.Time.Resume();
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARepeatThatWaitedForRights_IsToldThatItIsOne_EvenFromMemory()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (first, second) = (await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync());
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000);
        await first.UseAsync(customer, 5, "same");

        var repeat = await second.UseAsync(customer, 5, "same", memory: true);

        Assert.Equal((UsageVerdict.Allowed, true), (repeat.Verdict, repeat.Duplicate));
        Assert.Equal(5, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task RightsGrantedForIt_AreOnDiskAsSuch_BeforeTheFirstAnswerFromMemory()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(1_000_000);
        await Until.TrueAsync(async () =>
        {
            await edge.UseAsync(customer, 1, memory: true);
            return await store.ScalarAsync<bool>(
                $"select exists (select from lease where scope_id = {customer.TenantId} and memory)");
        });
        cluster.Time.Stop();

        // From now on the edge gets the permission with its next lease; each attempt before that waits for the disk.
        await Until.TrueAsync(async () =>
        {
            await using var block = await LedgerBlock.TakeAsync(store, edge.Edge.Session);
            var answer = edge.UseAsync(customer, 1, memory: true);
            return answer.IsCompletedSuccessfully;
        });

        cluster.Time.Resume();
        await edge.CloseAsync();
        Assert.Equal(await customer.LedgerTokensAsync(), await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WhatWasAnsweredFromMemory_ReachesTheDisk_ThoughTheStoreWentAwayInTheMiddleOfACommit()
    {
        await using var relay = store.Relay();
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync(relay.ConnectionString);
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        // With its checkpoint done too, the only batch that can wait for the lock is that of the next request.
        await Until.TrueAsync(async () => await customer.AccountTokensAsync() == 1);
        cluster.Time.Stop();
        Task<Answer> durable;
        await using (await LedgerBlock.TakeAsync(store, edge.Edge.Session))
        {
            durable = edge.UseAsync(customer, 10);
            await store.UntilALockIsAwaitedAsync();
            for (var i = 0; i < 5; i++)
                Assert.True((await edge.UseAsync(customer, 100, memory: true)).Counted);
            relay.Cut();
            await Until.TrueAsync(() => !edge.Edge.Accepting);
        }

        // The server finished the commit although its result reached no one.
        await store.UntilAsync(
            $"exists (select from edge_session where id = {edge.Edge.Session.Value} and batch >= 2)");
        relay.Mend();

        Assert.True((await durable).Counted);
        cluster.Time.Resume();
        await edge.CloseAsync();
        Assert.Equal(511, await customer.LedgerTokensAsync());
        Assert.Equal(511, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ACallerWhoWasToldNo_IsNotCountedLater_WhenTheServerStillHadTheCommitUnderWay()
    {
        await using var relay = store.Relay();
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync(relay.ConnectionString);
        var customer = await Customer.CreateAsync(store);
        // The first request creates the ledger's partitions; with the checkpoint done too, nothing else can wait.
        await edge.UseAsync(customer, 1);
        await Until.TrueAsync(async () => await customer.AccountTokensAsync() == 1);
        var table = await store.ScalarAsync<string>(
            """
            select relname::text from pg_class where relname ~ '^ledger_block_[0-9]+$' order by relname offset 1 limit 1
            """);
        Answer told;
        await using (var blocker = await store.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await RunAsync(blocker, $"begin; lock table {table} in share mode");
            var answer = edge.UseAsync(customer, 10);
            await store.UntilALockIsAwaitedAsync();
            relay.Cut();
            relay.Mend();
            told = await answer;
            await RunAsync(blocker, "rollback");
        }

        Assert.Equal(UsageVerdict.Unavailable, told.Verdict);
        await Until.TrueAsync(() => edge.Edge.Accepting);
        Assert.True((await edge.UseAsync(customer, 3)).Counted);
        Assert.Equal(4, await customer.LedgerTokensAsync());
        Assert.False(edge.Edge.Fenced);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
