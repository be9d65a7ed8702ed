using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Stops;

/// <summary>SIGTERM under load.</summary>
public sealed class CleanStopTests
{
    private const int Clients = 32;
    private const int Rounds = 2;

    [Fact]
    public async Task ANodeThatIsAskedToStop_KeepsAllThatItAcknowledged_AndLeavesTheLimitFullyUsable()
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 20_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        // What was answered from memory must be on disk after a clean stop as well.
        var next = scene.MixedUsage("stop", tokens: 3);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = scene.Clients.RunAsync(Clients, next, stop.Token, scene.Cancellation);
            await scene.WaitForMoreAsync(static j => j.Acknowledged + j.Refused, 800);
            await scene.Node.AskToStopAsync();
            Assert.Equal(0, await scene.Node.EndAsync(scene.Cancellation));
            await stop.CancelAsync();
            await load;
            await scene.Node.StartAsync(scene.Cancellation);
        }

        await scene.FillLimitAsync(scene.Clients, Clients);
        var ledger = await scene.AuditAsync();
        Assert.Equal(limit, ledger.Sum(static r => r.Tokens));
    }
}
