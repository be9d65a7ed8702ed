using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;
using Xunit;

namespace Sluice.EndToEnd.Limits;

/// <summary>Many clients against the same limits, over real HTTP.</summary>
public sealed class SharedLimitTests
{
    private const int Clients = 64;

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task TheFirstRequestsOfAKey_AllAtOnce_AreAllAccepted(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 8 });

        var callers = Enumerable.Range(0, Clients).Select(_ => new Caller(scene.Target, Scene.Time)).ToArray();
        var next = scene.Usage("first");
        foreach (var key in scene.Fleet.Keys)
        {
            var wave = callers.Select(caller => caller.SendAsync(next() with { Key = key }, scene.Cancellation));
            foreach (var attempt in await Task.WhenAll(wave))
                scene.Journal.Add(attempt);
        }

        Array.ForEach(callers, static caller => caller.Dispose());
        Assert.DoesNotContain(scene.Journal.Attempts, static a => a.Verdict != Verdict.Counted);
        await scene.AuditAsync();
    }

    [Theory]
    [Nodes(1)]
    [Nodes(3)]
    public async Task OneLimit_IsExactOverAllNodes_AndEveryRefusalNamesIt(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 15_000 });

        await RunAsync(scene.Usage("limit", tokens: 7));
        await RunAsync(scene.Usage("rest", tokens: 1));

        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
        Assert.All(scene.Entrances, static e => Assert.True(e.Journal.Acknowledged > 0));
        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));

        Task RunAsync(Func<Call> next) => Task.WhenAll(scene.Entrances.Select(
            e => SendUntilRefusedAsync(e.Clients, e.Journal, Clients / nodes, next, scene.Cancellation)));
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public async Task KeyProjectAndTenantLimitsAtOnce_AreEachFullAndNotPassed(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 2, Projects = 2 });
        var (first, second) = (scene.Fleet.Tenants[0].Projects[0], scene.Fleet.Tenants[0].Projects[1]);
        const long ofKey = 1_000;
        const long ofProject = 3_000;
        const long ofTenant = 5_000;
        object[] prices = [new { model = "priced", metric = "text_tokens", per = 1, amount = 1m, credits = 0m }];
        await scene.Management.PutPriceBookAsync(
            Scene.Time.GetUtcNow().AddDays(-1), ManagementClient.Currency, prices, scene.Cancellation);
        await scene.Management.BlockKeyTokensAsync(scene.TenantId, first.Keys[0].Id, ofKey, scene.Cancellation);
        await scene.Management.BlockAmountAsync(scene.TenantId, first.Id, ofProject, scene.Cancellation);
        await scene.Management.BlockTokensAsync(scene.TenantId, ofTenant, scene.Cancellation);
        var next = scene.Usage("three", tokens: 5);
        Func<Call> Of(params FleetKey[] keys)
        {
            var number = -1;
            return () => next() with
            {
                Key = keys[Interlocked.Increment(ref number) % keys.Length],
                Model = "priced",
            };
        }

        await SendUntilRefusedAsync(scene, Of(first.Keys[0]));
        Assert.Equal(ofKey, await UsedByAsync(scene, first.Keys[0]));
        await SendUntilRefusedAsync(scene, Of(first.Keys[1]));
        Assert.Equal(ofProject, await UsedByAsync(scene, [.. first.Keys]));
        await SendUntilRefusedAsync(scene, Of([.. second.Keys]));
        Assert.Equal(ofTenant, await UsedByAsync(scene, [.. scene.Fleet.Keys]));
        await SendUntilRefusedAsync(scene, Of([.. scene.Fleet.Keys]));
        Assert.Equal(ofTenant, await UsedByAsync(scene, [.. scene.Fleet.Keys]));

        Assert.Equal(ofKey, await UsedByAsync(scene, first.Keys[0]));
        Assert.Equal(ofProject, await UsedByAsync(scene, [.. first.Keys]));
        await scene.AuditAsync();
    }

    private static Task SendUntilRefusedAsync(Scene scene, Func<Call> next) =>
        SendUntilRefusedAsync(scene.Clients, scene.Journal, Clients, next, scene.Cancellation);

    /// <summary>Sends until every client has been refused a few times.</summary>
    private static Task SendUntilRefusedAsync(
        Crowd clients, CallJournal journal, int count, Func<Call> next, CancellationToken cancellation)
    {
        var enough = journal.Refused + (4 * count);
        return clients.RunAsync(
            count, () => journal.Refused < enough ? next() : null, CancellationToken.None, cancellation);
    }

    private static async Task<long> UsedByAsync(Scene scene, params FleetKey[] keys)
    {
        var ids = keys.Select(static k => k.Id).ToHashSet();
        var ledger = await LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation);
        return ledger.Where(r => ids.Contains(r.KeyId)).UsedTokens();
    }
}
