using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.Engine.Usage;
using Sluice.Storage.Control.Credentials;
using Xunit;

namespace Sluice.Engine.Hosting;

public sealed class WarmStartTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task KeysInUse_AreThereWithTheirScopes_BeforeAnybodyAsks_AndNothingIsCounted()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (used, idle) = (await Customer.CreateAsync(store), await Customer.CreateAsync(store));
        await used.LimitTokensAsync(100);
        await store.ExecuteAsync(
            $"""
             update api_key set last_used_at = now() where id = {used.KeyId};
             update api_key set last_used_at = now() - interval '1 hour' where id = {idle.KeyId}
             """);
        var edge = await cluster.StartEdgeAsync();
        var warm = new WarmStart(new CredentialStore(store.Source), cluster.Clock, NullLogger.Instance);

        await warm.MeetAuthoritiesAsync(edge.Keys, edge.Meter, Cancellation);

        var counts = edge.Edge.Counts;
        Assert.Equal((1, 3, 0), (counts.Keys, counts.Scopes, counts.Waiting));
        Assert.Equal(3, cluster.Directory.Count);
        Assert.Equal(UsageVerdict.Allowed, (await edge.UseAsync(used, 100)).Verdict);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(used, 1)).Verdict);
        Assert.Equal(100, await used.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WithoutItsStore_ANodeStartsCold()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await using var gone = Npgsql.NpgsqlDataSource.Create("Host=/nowhere;Username=nobody");
        var warm = new WarmStart(new CredentialStore(gone), cluster.Clock, NullLogger.Instance);

        await warm.MeetAuthoritiesAsync(edge.Keys, edge.Meter, Cancellation);

        Assert.Equal(0, edge.Edge.Counts.Keys);
    }
}
