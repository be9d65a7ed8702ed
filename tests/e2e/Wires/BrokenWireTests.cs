using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Wires;

/// <summary>The network between silos, and between a node and the store, breaks, hangs or is slow.</summary>
public sealed class BrokenWireTests
{
    private const int ClientsPerNode = 4;

    [Fact]
    public Task SilosThatLoseEachOther_StayExact() => RunAsync(async scene =>
    {
        var relays = scene.Cluster.SiloRelays;
        relays.ForEach(static r => r.Cut());
        await PassAsync(scene, TimeSpan.FromSeconds(1));
        relays.ForEach(static r => r.Mend());
        await ServeAsync(scene, "after a short cut");

        relays.ForEach(static r => r.Cut());
        await PassAsync(scene, TimeSpan.FromSeconds(5));
        relays.ForEach(static r => r.Mend());
    });

    [Fact]
    [Trait("run", "soak")]
    public Task SilosThatHearLate_StayExact() => RunAsync(async scene =>
    {
        var relays = scene.Cluster.SiloRelays;
        relays[1].Hold();
        await PassAsync(scene, TimeSpan.FromSeconds(3));
        relays[1].Mend();
        relays.ForEach(static r => r.Delay(TimeSpan.FromMilliseconds(150)));
        await ServeAsync(scene, "slowly");
        relays.ForEach(static r => r.Mend());
    });

    [Fact]
    [Trait("run", "soak")]
    public Task ANodeThatLosesTheStore_IsFenced_AndComesBack() => RunAsync(async scene =>
    {
        // At first its messages still arrive, but it never learns the outcomes. Then nothing arrives at all.
        scene.Cluster.StoreRelays[1].HoldAnswers();
        await PassAsync(scene, TimeSpan.FromSeconds(2));
        scene.Cluster.StoreRelays[1].Cut();
        await PassAsync(scene, TimeSpan.FromSeconds(5));
        scene.Cluster.StoreRelays[1].Mend();
    });

    private static async Task RunAsync(Func<Scene, Task> fault)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { Limit = 10_000_000, Wired = true });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, scene.Usage("wire"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);

        await fault(scene);

        // The cluster has recovered once every node serves, including those that had to restart.
        await ServeAsync(scene, "mended");
        await stop.CancelAsync();
        await load;
        scene.Tell($"ends {string.Join(", ", scene.Entrances.Select(static e => e.Node.Ends))}");
        await scene.SettleAsync(2 * ClientsPerNode);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }

    private static async Task ServeAsync(Scene scene, string when)
    {
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);
        scene.Tell($"serves {when}");
    }

    private static Task PassAsync(Scene scene, TimeSpan time) =>
        Task.Delay(time, Scene.Time, scene.Cancellation);
}
