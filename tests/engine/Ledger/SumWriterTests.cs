using Npgsql;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Ledger;

/// <summary>Sums that can't be written, or not at once, beside a ledger that can.</summary>
public sealed class SumWriterTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task WhileSumsWait_RequestsAreAnswered_AndAfterwardsTheSumsAreWhole()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await using (await LockSumsAsync())
        {
            for (var i = 0; i < 50; i++)
                Assert.True((await edge.UseAsync(customer, 2)).Counted);
            // The accounts, and with them limits, do not wait for the sums.
            await Until.TrueAsync(async () => await customer.AccountTokensAsync() == 100);
            Assert.Equal(0, await SummedAsync(customer));
        }

        await Until.TrueAsync(async () => await SummedAsync(customer) == 100);
        await Until.TrueAsync(async () => await IsCaughtUpAsync(edge));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ATenantWhoseSumsLag_WaitsAlone()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var (many, other) = (await Customer.CreateAsync(store), await Customer.CreateAsync(store));
        // Both are known to their authorities, so nothing waits for those.
        Assert.True((await edge.UseAsync(other, 1)).Counted && (await edge.UseAsync(many, 1)).Counted);
        var events = new List<UsageEvent>();
        Task waiting;
        await using (await LockSumsAsync())
        {
            for (var i = 0; i < LedgerBounds.SumRowsMax + 1_000; i++)
            {
                var usage = await edge.MakeAsync(many, 1);
                usage.Entry.Model = $"model {i}";
                events.Add(usage);
            }

            waiting = edge.Meter.SubmitAsync(events);
            await Until.TrueAsync(() => edge.Edge.Counts.PendingSums >= LedgerBounds.SumRowsMax);
            for (var i = 0; i < 20; i++)
                Assert.True((await edge.UseAsync(other, 1)).Counted);
            Assert.False(waiting.IsCompleted);
            Assert.NotEqual(0, edge.Edge.Counts.Queued);
        }

        await waiting;
        Assert.All(events, static usage => Assert.Equal(UsageVerdict.Allowed, usage.Verdict));
        await Until.TrueAsync(
            async () => await SummedAsync(many) == LedgerBounds.SumRowsMax + 1_001 && await SummedAsync(other) == 21);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task SumsThatFail_AreToldAfterAWhile_WrittenAgain_AndCountedOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.UseAsync(customer, 1);
        await Until.TrueAsync(async () => await SummedAsync(customer) == 1);
        await store.ExecuteAsync("alter table usage_rollup rename to usage_rollup_away");
        try
        {
            Assert.True((await edge.UseAsync(customer, 10)).Counted);
            await Until.TrueAsync(() => edge.Edge.SumsFail);
            Assert.True((await edge.UseAsync(customer, 100)).Counted);
            Assert.True(edge.Edge is { Accepting: true, LedgerFails: false });
        }
        finally
        {
            await store.ExecuteAsync("alter table usage_rollup_away rename to usage_rollup");
        }

        await Until.TrueAsync(async () => await SummedAsync(customer) == 111);
        await Until.TrueAsync(() => !edge.Edge.SumsFail);
    }

    private async Task<NpgsqlConnection> LockSumsAsync()
    {
        // A connection of its own: closing it ends the lock whatever happens.
        var connection = new NpgsqlConnection(store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("begin; lock table usage_rollup in share mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private Task<long> SummedAsync(Customer customer) => store.ScalarAsync<long>(
        $"""
         select coalesce(sum(value), 0)::bigint from usage_rollup
         where tenant_id = {customer.TenantId} and metric = 3
         """);

    private Task<bool> IsCaughtUpAsync(TestEdge edge) => store.ScalarAsync<bool>(
        $"select batch = checkpoint from edge_session where id = {edge.Edge.Session.Value}");
}
