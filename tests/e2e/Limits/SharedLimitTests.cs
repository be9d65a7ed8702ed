using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Fleets;
using Xunit;

namespace Sluice.EndToEnd.Limits;

/// <summary>Many clients against the same limits, over real HTTP.</summary>
public sealed class SharedLimitTests
{
    private const int Clients = 64;

    [Fact]
    public async Task TheFirstRequestsOfAKey_AllAtOnce_AreAllAccepted()
    {
        await using var scene = await Scene.OpenAsync(keys: 8);

        var callers = Enumerable.Range(0, Clients).Select(_ => new Caller(scene.Node.Target, Scene.Time)).ToArray();
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

    [Fact]
    public async Task SixtyFourClientsAgainstOneLimit_GetExactlyThatMuch()
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 10_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);

        await SendUntilRefusedAsync(scene, scene.Usage("limit", tokens: 7));
        await SendUntilRefusedAsync(scene, scene.Usage("rest", tokens: 1));

        var ledger = await scene.AuditAsync();
        Assert.Equal(limit, ledger.Sum(static r => r.Tokens));
    }

    [Fact]
    public async Task KeyProjectAndTenantLimitsAtOnce_AreEachFullAndNotPassed()
    {
        await using var scene = await Scene.OpenAsync(keys: 2, projects: 2);
        var (first, second) = (scene.Fleet.Tenants[0].Projects[0], scene.Fleet.Tenants[0].Projects[1]);
        const long ofKey = 1_000;
        const long ofProject = 3_000;
        const long ofTenant = 5_000;
        object[] prices = [new { model = "priced", metric = "text_tokens", per = 1, amount = 1m, credits = 0m }];
        await scene.Management.EnsurePriceBookAsync(Scene.Time.GetUtcNow().AddDays(-1), prices, scene.Cancellation);
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

    /// <summary>Until every client has been refused a few times over.</summary>
    private static Task SendUntilRefusedAsync(Scene scene, Func<Call> next)
    {
        var enough = scene.Journal.Refused + (4 * Clients);
        return scene.Clients.RunAsync(
            Clients, () => scene.Journal.Refused < enough ? next() : null, CancellationToken.None, scene.Cancellation);
    }

    private static async Task<long> UsedByAsync(Scene scene, params FleetKey[] keys)
    {
        var ids = keys.Select(static k => k.Id).ToHashSet();
        var ledger = await Audits.LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation);
        return ledger.Where(r => ids.Contains(r.KeyId)).Sum(static r => r.Tokens);
    }
}
