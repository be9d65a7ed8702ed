using Sluice.Engine.Customers;
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
            create trigger refuse_event before insert on ledger for each row execute function refuse_event();
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
            await store.ExecuteAsync("drop trigger refuse_event on ledger");
        }

        await Until.TrueAsync(() => !edge.Edge.LedgerFails);
        await Until.TrueAsync(async () => (await edge.UseAsync(customer, 10)).Counted);
    }
}
