using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Restarts;

/// <summary>SIGTERM to all nodes under load.</summary>
public sealed class CleanStopTests
{
    private const int Clients = 32;
    private const int Rounds = 2;

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task NodesThatStop_KeepAllThatTheyAcknowledged_AndFreeTheirRights(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 20_000 });
        // Usage that was answered from memory must be on disk after a clean stop as well.
        var next = scene.MixedUsage("stop", tokens: 3);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = scene.Clients.RunAsync(Clients, next, stop.Token, scene.Cancellation);
            await scene.WaitForMoreAsync(static j => j.Acknowledged + j.Refused, 800);
            Assert.All(await scene.Cluster.StopAsync(scene.Cancellation), static code => Assert.Equal(0, code));
            await stop.CancelAsync();
            await load;
            await scene.Cluster.StartAsync(scene.Cancellation);
        }

        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }
}
