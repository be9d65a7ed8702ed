using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Kills;

/// <summary>kill -9 of one node after the other, while clients of all wait for answers.</summary>
public sealed class RollingKillTests
{
    private const int ClientsPerNode = 4;

    /// <summary>
    /// The time from one kill to the next: longer than it takes to fence the session of the previous one.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    [Trait("run", "soak")]
    public Task TwoKillsAndOneOfAll_NeverPassTheLimit_AndLoseNothing() => RunAsync(kills: 2);

    [Fact]
    [Trait("run", "soak")]
    public Task TwoMinutesOfKills_NeverPassTheLimit_AndLoseNothing() => RunAsync(kills: 24);

    private static async Task RunAsync(int kills)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3)
        {
            // Reached in the middle of the kills on an ordinary machine, and after them on a slow one.
            Limit = 15_000L * kills,
            AtMost = TimeSpan.FromMinutes(5) + (3 * kills * Interval),
        });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, scene.Usage("kill"), stop.Token);
        for (var kill = 0; kill < kills; kill++)
        {
            var began = Scene.Time.GetTimestamp();
            await scene.WaitForMoreAsync(static j => j.Acknowledged + j.Refused, 500);
            var node = scene.Entrances[kill % scene.Entrances.Count].Node;
            scene.Tell($"kill {kill}");
            await node.KillAsync(scene.Cancellation);
            await node.ReadyAsync(scene.Cancellation);
            scene.Tell("back");
            var left = Interval - Scene.Time.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, Scene.Time, scene.Cancellation);
        }

        // Then all at once: no node is left that could fence, settle or hand over.
        scene.Tell("all killed");
        await scene.Cluster.KillAsync(scene.Cancellation);
        await scene.Cluster.StartAsync(scene.Cancellation);
        scene.Tell("all back");
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged + j.Refused, 50);
        await stop.CancelAsync();
        await load;
        await scene.AuditAsync();
        await scene.SettleAsync(2 * ClientsPerNode);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
        Assert.Equal(kills + scene.Entrances.Count, scene.Entrances.Sum(static e => e.Node.Ends));
    }
}
