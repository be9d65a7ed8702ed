using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Outages;

/// <summary>PostgreSQL goes away under load and comes back; all nodes stay up all the time.</summary>
public sealed class StoreOutageTests
{
    private const int Clients = 30;

    /// <summary>Longer than a node's session lives, so that every node must stop admitting usage.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public Task AStoppedStore_IsAnsweredWith503_AndNodesRecoverByThemselves(int nodes) => RunAsync(
        nodes, static scene => scene.Store.StopAsync(), static scene => scene.Store.StartAgainAsync());

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public Task ACrashedStore_IsAnsweredWith503_AndNodesRecoverByThemselves(int nodes) => RunAsync(
        nodes, static scene => scene.Store.CrashAsync(), static scene => scene.Store.StartAgainAsync());

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public Task AFrozenStore_IsAnsweredWith503_AndNodesRecoverByThemselves(int nodes) => RunAsync(
        nodes, static scene => Done(scene.Store.Freeze), static scene => Done(scene.Store.Thaw));

    private static async Task RunAsync(int nodes, Func<Scene, Task> takeAway, Func<Scene, Task> giveBack)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 5_000_000 });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(Clients / nodes, scene.MixedUsage("outage"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 300);

        await takeAway(scene);
        await scene.WaitForMoreAtEachAsync(static j => j.NotCounted, 5 * Clients);
        await Task.Delay(Outage, Scene.Time, scene.Cancellation);
        var gone = Scene.Time.GetTimestamp();
        await scene.WaitForMoreAtEachAsync(static j => j.NotCounted, 5 * Clients);
        Assert.DoesNotContain(scene.History().Attempts, a => a.Acknowledged && a.AnsweredAt > gone);
        await giveBack(scene);

        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 300);
        await stop.CancelAsync();
        await load;
        await scene.AuditAsync();
        await scene.SettleAsync(Clients);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
