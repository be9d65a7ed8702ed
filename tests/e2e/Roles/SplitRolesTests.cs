using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Roles;

/// <summary>Authorities in one process, requests in two others.</summary>
public sealed class SplitRolesTests
{
    private const int ClientsPerNode = 8;

    [Fact]
    [Trait("run", "soak")]
    public async Task OneSiloAndTwoApis_ShareOneLimit_AlsoWhenTheSiloIsKilled()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(3)
        {
            Roles = ["silo", "api", "api"],
            Limit = 2_000_000,
        });
        using var stop = new CancellationTokenSource();
        var load = scene.LoadAsync(ClientsPerNode, scene.Usage("split"), stop.Token);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged, 300);

        var silo = scene.Cluster.Nodes[0];
        await silo.KillAsync(scene.Cancellation);
        await silo.ReadyAsync(scene.Cancellation);
        await scene.WaitForMoreAtEachAsync(static j => j.Acknowledged + j.Refused, 300);
        await stop.CancelAsync();
        await load;

        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));
        await scene.SettleAsync(2 * ClientsPerNode);
        await scene.FillLimitAsync();
        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }
}
