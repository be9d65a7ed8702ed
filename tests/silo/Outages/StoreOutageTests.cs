using Sluice.Silo.Tests.Scenes;
using Xunit;

namespace Sluice.Silo.Tests.Outages;

/// <summary>PostgreSQL goes away under load and comes back; all nodes stay up all the time.</summary>
public sealed class StoreOutageTests
{
    private const int ClientsPerNode = 4;

    /// <summary>Longer than a session lives without its beat, so that every way in has to close.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task AStoppedStore_IsAnsweredWith503_AndAllNodesRecoverByThemselves()
    {
        await using var scene = await ClusterScene.OpenAsync(new ClusterPlan { Limit = 10_000_000 });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, scene.Usage("outage"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);

        await scene.Store.StopAsync();
        await scene.WaitForMoreAtEachAsync(static j => j.NotCounted, 5 * ClientsPerNode);
        await Task.Delay(Outage, ClusterScene.Time, scene.Cancellation);
        var gone = ClusterScene.Time.GetTimestamp();
        await scene.WaitForMoreAtEachAsync(static j => j.NotCounted, 5 * ClientsPerNode);
        Assert.DoesNotContain(scene.History().Attempts, a => a.Acknowledged && a.AnsweredAt > gone);
        await scene.Store.StartAgainAsync();

        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);
        await stop.CancelAsync();
        await load;
        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));
        await scene.SettleAsync(2 * ClientsPerNode);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, await scene.AuditAsync());
        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));
    }
}
