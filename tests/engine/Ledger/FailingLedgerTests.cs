using Npgsql;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Ledger;

/// <summary>Batches that fail although the store answers.</summary>
public sealed class FailingLedgerTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task ALedgerThatCannotBeWritten_IsToldAfterAWhile_AndRecoversWithoutARequest()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        // Every batch fails, although the store answers and the session can be written.
        await store.ExecuteAsync(
            """
            create function refuse_event() returns trigger language plpgsql as
              $$ begin raise exception 'no more events'; end $$;
            create trigger refuse_event before insert on ledger_block for each row execute function refuse_event();
            """);
        try
        {
            await Until.TrueAsync(async () =>
            {
                await edge.UseAsync(customer, 1);
                return edge.Edge.LedgerFails;
            });
        }
        finally
        {
            await store.ExecuteAsync("drop trigger refuse_event on ledger_block");
        }

        await Until.TrueAsync(() => !edge.Edge.LedgerFails);
        await Until.TrueAsync(async () => (await edge.UseAsync(customer, 10)).Counted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AFailedBatch_FailsItsOwnEvents_AndNotThoseThatWaitForTheNext()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        await store.ExecuteAsync(
            """
            create function refuse_late() returns trigger language plpgsql as
              $$ begin perform pg_advisory_xact_lock(1); raise exception 'not this one'; end $$;
            create trigger refuse_late before insert on ledger_block for each row
              when (position('refused'::bytea in new.body) > 0) execute function refuse_late();
            """);
        await using var hold = await store.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var take = new NpgsqlCommand("select pg_advisory_lock(1)", hold);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var give = new NpgsqlCommand("select pg_advisory_unlock(1)", hold);
        try
        {
            var refused = edge.UseAsync(customer, 1, "refused");
            await store.UntilALockIsAwaitedAsync();
            var waiting = Enumerable.Range(0, 20).Select(i => edge.UseAsync(customer, 1, $"waiting-{i}")).ToArray();
            await Until.TrueAsync(() => edge.Edge.Counts.Queued == waiting.Length);
            await give.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            Assert.Equal(UsageVerdict.Unavailable, (await refused).Verdict);
            Assert.All(await Task.WhenAll(waiting), static answer => Assert.True(answer.Counted, $"{answer}"));
        }
        finally
        {
            await store.ExecuteAsync("drop trigger refuse_late on ledger_block");
        }
    }
}
