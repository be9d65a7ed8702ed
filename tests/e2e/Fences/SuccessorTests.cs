using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Fences;

/// <summary>The only node sleeps, another one starts on the same database, and the first one wakes up.</summary>
public sealed class SuccessorTests
{
    private const int Clients = 16;

    [Fact]
    public async Task ANodeThatWakesUpFenced_AdmitsNothing_AndEnds()
    {
        await using var scene = await Scene.OpenAsync(
            new ScenePlan(2) { Started = 1, Apart = true, Limit = 500_000 });
        var (sleeper, successor) = (scene.Entrances[0], scene.Entrances[1]);
        using var stop = new CancellationTokenSource();
        var load = sleeper.Clients.RunAsync(Clients, scene.Usage("sleeper"), stop.Token, scene.Cancellation);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 1_000, sleeper);

        await FreezeInTransactionAsync(scene, sleeper);
        scene.Tell("asleep");
        successor.Node.Start();
        await successor.Node.ReadyAsync(scene.Cancellation);
        scene.Tell("the successor is ready");
        var more = successor.Clients.RunAsync(Clients, scene.Usage("successor"), stop.Token, scene.Cancellation);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 500, successor);
        await UntilFencedAsync(scene);
        // It takes over all rights of the sleeper, to the last unit, while that one is still asleep.
        await scene.FillLimitAsync(successor);
        Assert.Equal(
            scene.Limit, await scene.QueryLedgerAsync("select coalesce(sum(units[1]), 0)::bigint from ledger"));

        var woken = Scene.Time.GetTimestamp();
        scene.Tell("to be woken");
        var end = sleeper.Node.EndForGoodAsync(scene.Cancellation);
        await sleeper.Node.ThawAsync();
        var memory = sleeper.Clients.RunAsync(
            2, () => scene.Usage("memory")() with { Id = null, FromMemory = true }, stop.Token, scene.Cancellation);
        scene.Tell($"ended with code {await end}");
        await stop.CancelAsync();
        await Task.WhenAll(load, more, memory);
        Assert.DoesNotContain(
            sleeper.Journal.Attempts,
            a => a.SentAt > woken && a.Verdict is Verdict.Counted or Verdict.Duplicate or Verdict.Wrong);

        // On its old folder it joins beside its successor, and shows the same.
        sleeper.Node.Start();
        await sleeper.Node.ReadyAsync(scene.Cancellation);
        await scene.SettleAsync(Clients);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }

    [Fact]
    public async Task ASecondProcessOnTheFolderOfASleepingNode_Ends()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { Limit = 10_000 });
        var node = scene.Entrances[0];
        await node.Node.FreezeAsync();
        var second = scene.Cluster.AddTwin(0);

        second.Start();
        Assert.Equal(1, await second.EndForGoodAsync(scene.Cancellation));
        Assert.Contains("Another node is running on SLUICE_DATA", second.LastLines, StringComparison.Ordinal);

        // There was no other node to fence it.
        await node.Node.ThawAsync();
        await scene.FillLimitAsync(node);
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }

    /// <summary>Freezes a node in the middle of a transaction, so that its locks stay while it sleeps.</summary>
    private static async Task FreezeInTransactionAsync(Scene scene, Entrance sleeper)
    {
        const string open =
            """
            select count(*) from pg_stat_activity where pid <> pg_backend_pid() and backend_xid is not null
              and (state = 'idle in transaction' or wait_event = 'ClientRead')
            """;
        while (true)
        {
            await sleeper.Node.FreezeAsync();
            // Commands that were under way have completed once the store answers the same twice.
            if (await scene.QueryAsync(open) > 0 && await scene.QueryAsync(open) > 0)
                return;
            await sleeper.Node.ThawAsync();
            await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 1, sleeper);
        }
    }

    private static async Task UntilFencedAsync(Scene scene)
    {
        while (await scene.QueryAsync("select count(*) from edge_session where settled_at is not null") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Scene.Time, scene.Cancellation);
    }
}
