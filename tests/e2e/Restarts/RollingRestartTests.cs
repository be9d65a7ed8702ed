using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Restarts;

/// <summary>
/// Nodes restart cleanly one after the other, under load of clients that go to the next node when one is away.
/// </summary>
public sealed class RollingRestartTests
{
    private const int Clients = 12;

    [Fact]
    public async Task RestartingOneNodeAfterTheOther_FailsNoDurableRequest()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { Limit = 10_000_000 });
        var clients = scene.Roamers;
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(Clients, scene.Usage("roll"), stop.Token, scene.Cancellation);
        foreach (var entrance in scene.Entrances)
        {
            await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);
            scene.Tell("restart");
            await entrance.Node.RestartAsync(scene.Cancellation);
            scene.Tell("ended");
            await entrance.Node.ReadyAsync(scene.Cancellation);
        }

        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);
        await EndAsync(scene, clients, stop, load);
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task GrowingFromOneToFour_AndShrinkingToTwo_FailsNoDurableRequest()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(4) { Started = 1, Limit = 10_000_000 });
        var clients = scene.Roamers;
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(Clients, scene.Usage("scale"), stop.Token, scene.Cancellation);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100, scene.Entrances[0]);
        foreach (var entrance in scene.Entrances.Skip(1))
            entrance.Node.Start();
        await scene.Cluster.ReadyAsync(scene.Cancellation);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);
        foreach (var entrance in scene.Entrances.Take(2))
        {
            scene.Tell("leaves");
            await entrance.Node.StopAsync(scene.Cancellation);
        }

        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100, [.. scene.Entrances.Skip(2)]);
        await EndAsync(scene, clients, stop, load);
    }

    private static async Task EndAsync(Scene scene, Roamers clients, CancellationTokenSource stop, Task load)
    {
        await stop.CancelAsync();
        await load;
        var history = scene.History();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{clients.Durations.Count} events, p50 {clients.Percentile(50).TotalMilliseconds:F1} ms, "
            + $"p99 {clients.Percentile(99).TotalMilliseconds:F1} ms, "
            + $"longest {clients.Percentile(100).TotalMilliseconds:F0} ms, {history.NotCounted} answers of 503");
        Assert.Equal(clients.Durations.Count, history.Acknowledged);
        Assert.DoesNotContain(history.Attempts, static a => a.Verdict is Verdict.Refused or Verdict.Unauthorized);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }
}
