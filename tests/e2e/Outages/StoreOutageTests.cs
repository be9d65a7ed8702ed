using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Outages;

/// <summary>PostgreSQL goes away under load and comes back; the node stays up all the time.</summary>
public sealed class StoreOutageTests
{
    private const int Clients = 32;

    /// <summary>Longer than the node's session lives, so that every way in has to close.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    [Fact]
    public Task AStoppedStore_IsAnsweredWith503_AndTheNodeRecoversByItself() => RunAsync(
        static scene => scene.Store.StopAsync(), static scene => scene.Store.StartAgainAsync());

    [Fact]
    public Task ACrashedStore_IsAnsweredWith503_AndTheNodeRecoversByItself() => RunAsync(
        static scene => scene.Store.CrashAsync(), static scene => scene.Store.StartAgainAsync());

    [Fact]
    public Task AFrozenStore_IsAnsweredWith503_AndTheNodeRecoversByItself() => RunAsync(
        static scene => Done(scene.Store.Freeze), static scene => Done(scene.Store.Thaw));

    private static async Task RunAsync(Func<Scene, Task> takeAway, Func<Scene, Task> giveBack)
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 1_000_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        using var stop = new CancellationTokenSource();
        var load = scene.Clients.RunAsync(Clients, scene.MixedUsage("outage"), stop.Token, scene.Cancellation);
        await scene.WaitForMoreAsync(static j => j.Acknowledged, 1_000);

        await takeAway(scene);
        await scene.WaitForMoreAsync(static j => j.NotCounted, 10 * Clients);
        await Task.Delay(Outage, Scene.Time, scene.Cancellation);
        var gone = Scene.Time.GetTimestamp();
        await scene.WaitForMoreAsync(static j => j.NotCounted, 10 * Clients);
        Assert.DoesNotContain(scene.Journal.Attempts, a => a.Acknowledged && a.AnsweredAt > gone);
        await giveBack(scene);

        await scene.WaitForMoreAsync(static j => j.Acknowledged, 1_000);
        await stop.CancelAsync();
        await load;
        await scene.AuditAsync();
        var calls = scene.Journal.Calls();
        await scene.Clients.SettleAsync(Clients, calls, scene.Cancellation);
        var ledger = await scene.AuditAsync();
        Assert.InRange(ledger.Sum(static r => r.Tokens), calls.Count * 10L, limit);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
