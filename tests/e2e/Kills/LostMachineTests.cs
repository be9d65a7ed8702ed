using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Kills;

/// <summary>All machines lose power at once, and one of them stays away.</summary>
public sealed class LostMachineTests
{
    [Fact]
    [Trait("run", "soak")]
    public async Task AfterAPowerCut_TheNodesThatComeBack_DoNotWaitForOneThatDoesNot()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(2) { Limit = 20_000 });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(4, scene.Usage("power"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 100);

        var (back, lost) = (scene.Entrances[0], scene.Entrances[1]);
        await Task.WhenAll(back.Node.KillAsync(scene.Cancellation), lost.Node.LoseAsync(scene.Cancellation));
        scene.Tell("power cut");
        await back.Node.ReadyAsync(scene.Cancellation);
        scene.Tell("one is back");
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged + j.Refused, 50, back);
        await stop.CancelAsync();
        await load;
        await scene.FillLimitAsync(back);
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }
}
