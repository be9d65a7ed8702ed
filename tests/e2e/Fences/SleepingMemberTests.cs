using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Management;
using Xunit;

namespace Sluice.EndToEnd.Fences;

/// <summary>A node of the cluster sleeps, is fenced by the others, and wakes up as if no time had passed.</summary>
public sealed class SleepingMemberTests
{
    private const int ClientsPerNode = 4;

    [Fact]
    [Trait("run", "soak")]
    public async Task ANodeThatSlept_RefusesWhenItWakes_AndItsRightsAreSpentOnce()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { Limit = 2_000_000 });
        var (sleeper, others) = (scene.Entrances[1], new[] { scene.Entrances[0], scene.Entrances[2] });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, scene.Usage("zombie"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);

        var ends = sleeper.Node.Ends;
        await sleeper.Node.FreezeAsync();
        scene.Tell("asleep");
        await UntilGivenUpAsync(scene);
        // The others take over all rights of the sleeper, to the last unit, while it is still asleep.
        await scene.FillLimitAsync(others);
        var spent = await scene.QueryLedgerAsync("select coalesce(sum(units[1]), 0)::bigint from ledger");
        Assert.Equal(scene.Limit, spent);

        var woken = Scene.Time.GetTimestamp();
        scene.Tell("to be woken");
        sleeper.Node.ExpectRestart();
        await sleeper.Node.ThawAsync();
        var memory = sleeper.Clients.RunAsync(
            2, () => scene.Usage("memory")() with { Id = null, FromMemory = true }, stop.Token, scene.Cancellation);
        await sleeper.Node.EndedAsync(ends, scene.Cancellation);
        await sleeper.Node.ReadyAsync(scene.Cancellation);
        scene.Tell("back");
        await scene.WaitForMoreAtEachAsync(static j => j.Refused, ClientsPerNode, sleeper);
        await stop.CancelAsync();
        await Task.WhenAll(load, memory);

        Assert.DoesNotContain(
            sleeper.Journal.Attempts, a => a.SentAt > woken && a.Verdict is Verdict.Counted or Verdict.Wrong);
        await scene.SettleAsync(2 * ClientsPerNode);
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }

    [Fact]
    public async Task RegenerateWhileANodeSleeps_KillsTheOldSecretEverywhere_BeforeItReturns()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { Keys = 1, Limit = 1_000_000 });
        var sleeper = scene.Entrances[1];
        var project = scene.Fleet.Tenants[0].Projects[0];
        using var stop = new CancellationTokenSource();
        var usage = scene.Usage("old-secret");
        var number = 0L;
        Call Next() => Interlocked.Increment(ref number) % 2 == 0
            ? usage()
            : usage() with { Id = null, FromMemory = true };
        var load = scene.LoadAsync(ClientsPerNode, Next, stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);

        await sleeper.Node.FreezeAsync();
        using var calls = Scene.CallsTo(scene.Entrances[0]);
        var secret = await new ManagementClient(calls).RegenerateKeyAsync(
            scene.TenantId, project.Id, project.Keys[0].Id, scene.Cancellation);
        scene.Bury(project.Keys[0].Secret);
        await scene.UntilAsync(() => scene.Entrances.Where(e => e != sleeper)
            .All(static e => e.Journal.Attempts.Count(static a => a.Verdict == Verdict.Unauthorized) > 20));

        scene.Tell("to be woken");
        sleeper.Node.ExpectRestart();
        await sleeper.Node.ThawAsync();
        await sleeper.Node.ReadyAsync(scene.Cancellation);
        scene.Tell("back");
        await scene.UntilAsync(
            () => sleeper.Journal.Attempts.Count(static a => a.Verdict == Verdict.Unauthorized) > 20);
        await stop.CancelAsync();
        await load;

        // The new secret has what the old one left of the limit, on every node, and nothing more. Nodes are used one
        // after the other, because a faster one could use all of it up.
        var fresh = project.Keys[0] with { Secret = secret };
        Call NextFresh() => Next() with { Key = fresh, Tokens = 2_000 };
        foreach (var entrance in scene.Entrances)
        {
            await SendUntilCountedAsync(scene, entrance, NextFresh);
            Assert.Contains(
                entrance.Journal.Attempts, a => a.Call.Key == fresh && a.Verdict == Verdict.Counted);
        }

        await SendUntilRefusedAsync(scene, NextFresh);
        await scene.AuditAsync();
    }

    /// <summary>Waits until its session is settled and the other silos have declared it dead.</summary>
    private static async Task UntilGivenUpAsync(Scene scene)
    {
        const int dead = 6;
        while (await scene.QueryAsync("select count(*) from edge_session where settled_at is not null") == 0
            || await scene.QueryAsync($"select count(*) from cluster_member where status = {dead}") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Scene.Time, scene.Cancellation);
    }

    /// <summary>Sends one request after the other, until one is counted or refused.</summary>
    private static Task SendUntilCountedAsync(Scene scene, Entrance entrance, Func<Call> next)
    {
        var (counted, refused) = (entrance.Journal.Acknowledged, entrance.Journal.Refused);
        return entrance.Clients.RunAsync(
            1,
            () => entrance.Journal.Acknowledged == counted && entrance.Journal.Refused == refused ? next() : null,
            CancellationToken.None,
            scene.Cancellation);
    }

    private static Task SendUntilRefusedAsync(Scene scene, Func<Call> next) => Task.WhenAll(
        scene.Entrances.Select(e => e.Clients.RunAsync(
            ClientsPerNode,
            () => e.Journal.Refused < 2 * ClientsPerNode ? next() : null,
            CancellationToken.None,
            scene.Cancellation)));
}
