using Sluice.EndToEnd.Traffic;
using Sluice.Silo.Tests.Scenes;
using Xunit;

namespace Sluice.Silo.Tests.Limits;

/// <summary>Many clients of three nodes against the same limit.</summary>
public sealed class SharedLimitTests
{
    private const int ClientsPerNode = 12;

    [Fact]
    public async Task OneLimitHitOnThreeNodes_GivesExactlyThatMuch_AndEveryRefusalNamesIt()
    {
        await using var scene = await ClusterScene.OpenAsync(new ClusterPlan { Limit = 15_000 });

        await SendUntilRefusedAsync(scene, scene.Usage("limit", tokens: 7));
        await SendUntilRefusedAsync(scene, scene.Usage("rest", tokens: 1));

        Assert.Equal(scene.Limit, await scene.AuditAsync());
        Assert.All(scene.Entrances, static e => Assert.True(e.Journal.Acknowledged > 0));
        Assert.All(scene.Entrances, static e => Assert.Equal(0, e.Node.Ends));
    }

    /// <summary>Until every client of every node has been refused a few times over.</summary>
    private static Task SendUntilRefusedAsync(ClusterScene scene, Func<Call> next)
    {
        var enough = scene.Entrances.ToDictionary(
            static e => e, static e => e.Journal.Refused + (4 * ClientsPerNode));
        return Task.WhenAll(enough.Select(e => e.Key.Clients.RunAsync(
            ClientsPerNode,
            () => e.Key.Journal.Refused < e.Value ? next() : null,
            CancellationToken.None,
            scene.Cancellation)));
    }
}
